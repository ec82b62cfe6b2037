package io.rowlake.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A topic of the demonstration that is filled from a file.
 *
 * @param events relative to the root of the project
 */
record DemoTopic(String name, Path events) {

    static final String GENERATED = "generated";
    static final int GENERATED_PARTITIONS = 4;

    static final List<DemoTopic> FROM_FILES = List.of(
            new DemoTopic("images", Path.of("docs/examples/pixeltable-capture/images.jsonl")),
            new DemoTopic("features", Path.of("docs/examples/recipe/features.jsonl")),
            new DemoTopic("embeddings", Path.of("docs/examples/recipe/embeddings.jsonl")),
            new DemoTopic("videos", Path.of("docs/examples/recipe/videos.jsonl")));

    /** The names of all topics, the generated one last. */
    static List<String> names() {
        return Stream.concat(FROM_FILES.stream().map(DemoTopic::name), Stream.of(GENERATED))
                .toList();
    }
}
