package io.rowlake.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The connector's configuration for an export: one commit at the end, unless the user's own options say otherwise. */
final class ExportSettings {

    private static final String TEN_YEARS_MILLIS = "315360000000";
    private static final String UNBOUNDED = Long.toString(Long.MAX_VALUE);

    private ExportSettings() {}

    /** The options given, with the defaults of an export and its owner's name, which is empty if nobody goes on with it. */
    static Map<String, String> of(Map<String, String> given, String owner) {
        var settings = new LinkedHashMap<>(given);
        settings.putIfAbsent("flush.interval.ms", TEN_YEARS_MILLIS);
        if (!"iceberg".equals(given.get("destination"))) {
            settings.putIfAbsent("files.roll.size.bytes", UNBOUNDED);
            settings.putIfAbsent("files.roll.interval.ms", TEN_YEARS_MILLIS);
        }
        settings.put("name", owner);
        settings.put("rowlake.task", "0");
        return settings;
    }
}
