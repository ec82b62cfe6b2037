package io.rowlake.shape;

import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.shape.MediaSettings.Rewrite;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of media references: rewritten where the settings say so, and counted where only one machine can open them.
 * The counts may be read from any thread.
 */
final class MediaReferences {

    private static final Logger LOG = LoggerFactory.getLogger(MediaReferences.class);
    private static final String FILE = "file:";

    private final MediaSettings settings;
    private final List<Rewrite> rewrites;
    private final Map<String, AtomicLong> local = new ConcurrentHashMap<>();

    MediaReferences(MediaSettings settings) {
        this.settings = settings;
        this.rewrites = withUrls(settings.rewrites());
    }

    /** How many references were written that only one machine can open. */
    long local() {
        return local.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Whether every URL is written as it is, and none is counted. */
    boolean areAsTheyCome() {
        return rewrites.isEmpty() && settings.readers() == Readers.LOCAL;
    }

    /** What is written for a URL. */
    String ofUrl(String column, String url) {
        return counted(column, rewritten(url));
    }

    /** What is written for the URL of a file on the source's machine. */
    String ofFile(String column, String path) {
        return counted(column, rewritten(url(path)));
    }

    /** What is written for a path on the source's machine. */
    String ofPath(String column, String path) {
        return counted(column, rewritten(path));
    }

    /** The path that a {@code file:} URL names, or the text itself where it is none. */
    static String path(String url) {
        try {
            String path = url.startsWith(FILE) ? new URI(url).getPath() : null;
            return path == null ? url : path;
        } catch (URISyntaxException e) {
            // A URL that was put together without escapes: what follows the slashes is the path.
            return url.replaceFirst("^file:(//)?", "");
        }
    }

    static boolean isLocal(String reference) {
        return reference.startsWith(FILE) || reference.startsWith("/") || hasDriveLetter(reference);
    }

    private static boolean hasDriveLetter(String reference) {
        return reference.length() > 2
                && Character.isLetter(reference.charAt(0))
                && reference.charAt(1) == ':'
                && (reference.charAt(2) == '\\' || reference.charAt(2) == '/');
    }

    private static String url(String path) {
        try {
            return new URI("file", "", path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return "file://" + path;
        }
    }

    private String rewritten(String reference) {
        for (Rewrite rewrite : rewrites) {
            if (reference.startsWith(rewrite.from())) {
                return rewrite.to() + reference.substring(rewrite.from().length());
            }
        }
        return reference;
    }

    /** A path stands for the URL of the file as well. */
    private static List<Rewrite> withUrls(List<Rewrite> rewrites) {
        List<Rewrite> all = new ArrayList<>();
        for (Rewrite rewrite : rewrites) {
            all.add(rewrite);
            if (rewrite.from().startsWith("/")) {
                all.add(new Rewrite(url(rewrite.from()), rewrite.to()));
            }
        }
        return all;
    }

    private String counted(String column, String reference) {
        if (settings.readers() == Readers.SHARED && isLocal(reference)) {
            AtomicLong count = local.computeIfAbsent(column, key -> new AtomicLong());
            if (count.getAndIncrement() == 0) {
                LOG.warn(
                        "Column '{}' refers to files of one machine, as {}, in a destination that others read: store the"
                                + " media where they can be reached, or set media.rewrite. They are counted in the"
                                + " metric local-media-references; this is said once",
                        column,
                        reference);
            }
        }
        return reference;
    }
}
