package io.rowlake.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this build. */
public final class Version {

    private Version() {}

    /** As the build wrote it, never empty. */
    public static String current() {
        var properties = new Properties();
        try (InputStream stream = Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read version.properties", e);
        }
        return properties.getProperty("version");
    }
}
