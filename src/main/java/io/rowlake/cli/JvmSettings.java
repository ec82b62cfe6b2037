package io.rowlake.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * How a child JVM is started.
 *
 * @param name what the process is called in messages and in the names of its files
 * @param directory where its log, its console and its logging configuration lie
 * @param classPath as {@code java -cp} takes it
 * @param maxHeap as the JVM writes it: {@code 512m}
 */
record JvmSettings(String name, Path directory, String classPath, String maxHeap, List<String> jvmOptions) {

    JvmSettings {
        jvmOptions = List.copyOf(jvmOptions);
    }

    Path log() {
        return directory.resolve(name + ".log");
    }

    /** Standard output and error: what the JVM itself says, when logging never came up. */
    Path console() {
        return directory.resolve(name + ".out");
    }
}
