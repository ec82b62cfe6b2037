package io.rowlake.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Files under the location of an Iceberg table that neither a snapshot nor the table's metadata refers to. */
final class TableOrphans {

    /** Metadata and storage may write one place in two ways: {@code file:/lake} and {@code file:///lake}. */
    private static final Pattern SCHEME_AND_AUTHORITY = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:(//[^/]*)?");

    private final Table table;

    TableOrphans(Table table) {
        this.table = table;
    }

    /**
     * The files that were last written before the instant.
     *
     * @throws CommandException if the storage can't list files, or the table can't be read
     */
    List<OrphanFile> before(Instant bound) {
        FileIO io = table.io();
        if (!(io instanceof SupportsPrefixOperations storage)) {
            throw new CommandException("Cannot list the files of " + table.name() + ": "
                    + io.getClass().getSimpleName() + " can't list what is under a location");
        }
        String location = table.location().replaceFirst("/+$", "") + "/";
        try {
            List<OrphanFile> found = new ArrayList<>();
            for (FileInfo file : storage.listPrefix(location)) {
                found.add(new OrphanFile(file.location(), file.size(), Instant.ofEpochMilli(file.createdAtMillis())));
            }
            // Looked up after the listing, so that a file which is committed in between is no orphan.
            table.refresh();
            Set<String> referenced = referenced();
            String start = path(location);
            return found.stream()
                    .filter(file -> file.written().isBefore(bound) && !referenced.contains(path(file.name())))
                    .map(file -> file.below(start, path(file.name())))
                    .sorted()
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw new CommandException(
                    "Cannot find the unreferenced files of " + table.name() + ": " + CommandException.reason(e), e);
        }
    }

    private Set<String> referenced() throws IOException {
        Set<String> paths = new HashSet<>();
        ReachableFileUtil.metadataFileLocations(table, false).forEach(file -> paths.add(path(file)));
        ReachableFileUtil.manifestListLocations(table).forEach(file -> paths.add(path(file)));
        ReachableFileUtil.statisticsFilesLocations(table).forEach(file -> paths.add(path(file)));
        paths.add(path(ReachableFileUtil.versionHintLocation(table)));
        Set<String> manifests = new HashSet<>();
        table.snapshots()
                .forEach(snapshot -> snapshot.allManifests(table.io()).forEach(manifest -> {
                    if (manifests.add(manifest.path())) {
                        paths.add(path(manifest.path()));
                        addFiles(manifest, paths);
                    }
                }));
        return paths;
    }

    private void addFiles(ManifestFile manifest, Set<String> paths) {
        Map<Integer, PartitionSpec> specs = table.specs();
        try (ManifestReader<? extends ContentFile<?>> files = manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), specs)
                : ManifestFiles.readDeleteManifest(manifest, table.io(), specs)) {
            files.forEach(file -> paths.add(path(file.location())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String location) {
        return SCHEME_AND_AUTHORITY.matcher(location).replaceFirst("").replaceAll("/{2,}", "/");
    }
}
