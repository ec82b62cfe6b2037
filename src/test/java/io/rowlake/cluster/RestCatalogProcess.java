package io.rowlake.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Serves Iceberg's REST protocol. Arguments: the port, then properties of the JDBC catalog behind it. */
public final class RestCatalogProcess {

    private RestCatalogProcess() {}

    /** Runs until it is ended. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (int number = 1; number < arguments.length; number++) {
            String[] parts = arguments[number].split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        try (var catalog = new JdbcCatalog();
                var adapter = new RESTCatalogAdapter(catalog)) {
            catalog.initialize("rest", properties);
            var context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
            context.addServlet(new ServletHolder(new RESTCatalogServlet(adapter)), "/*");
            var server =
                    new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])));
            server.setHandler(context);
            server.start();
            server.join();
        }
    }
}
