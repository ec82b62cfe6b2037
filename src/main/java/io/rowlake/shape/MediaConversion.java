package io.rowlake.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.shape.MediaSettings.Reference;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.ReusableByteArray;
import org.jspecify.annotations.Nullable;

/** Media as the reference to where they are, or as their bytes. */
final class MediaConversion implements Conversion {

    private final FieldVector media;
    private final VarCharVector fileurls;
    private final VarCharVector localpaths;
    private final VarBinaryVector bytes;
    private final ReusableByteArray scratch = new ReusableByteArray();
    private final String column;
    private final Reference reference;
    private final MediaReferences references;

    MediaConversion(FieldVector media, String column, Reference reference, MediaReferences references) {
        List<FieldVector> parts = media.getChildrenFromFields();
        this.media = media;
        this.fileurls = (VarCharVector) parts.get(MediaType.FILEURL);
        this.localpaths = (VarCharVector) parts.get(MediaType.LOCALPATH);
        this.bytes = (VarBinaryVector) parts.get(MediaType.BYTES);
        this.column = column;
        this.reference = reference;
        this.references = references;
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (media.isNull(row)) {
            target.appendNull();
            return;
        }
        if (isUrlAsItIs(row)) {
            appendUrl(row, target);
            return;
        }
        byte[] value = switch (reference) {
            case FILEURL -> fileurl(row).getBytes(UTF_8);
            case LOCALPATH -> localpath(row).getBytes(UTF_8);
            case INLINE -> inline(row);
        };
        target.appendBytes(value, 0, value.length);
    }

    private boolean isUrlAsItIs(int row) {
        return reference == Reference.FILEURL && !fileurls.isNull(row) && references.areAsTheyCome();
    }

    /** The way of nearly all media, without a text in between. */
    private void appendUrl(int row, ValueAppender target) {
        fileurls.read(row, scratch);
        target.appendBytes(scratch.getBuffer(), 0, (int) scratch.getLength());
    }

    private String fileurl(int row) {
        String url = text(fileurls, row);
        if (url != null) {
            return references.ofUrl(column, url);
        }
        String path = text(localpaths, row);
        if (path != null) {
            return references.ofFile(column, path);
        }
        throw new MisfitException("must have a fileurl or a localpath but has bytes alone, which can't be referenced:"
                + " store the media and send their fileurl, or set media.reference=inline");
    }

    private String localpath(int row) {
        String path = text(localpaths, row);
        String url = text(fileurls, row);
        if (path == null && url != null && MediaReferences.isLocal(url)) {
            path = MediaReferences.path(url);
        }
        if (path == null) {
            throw new MisfitException("must have a localpath for media.reference=localpath but has "
                    + (url == null ? "bytes alone" : "the fileurl " + MisfitException.shown(url)));
        }
        return references.ofPath(column, path);
    }

    private byte[] inline(int row) {
        if (bytes.isNull(row)) {
            String found = text(fileurls, row);
            throw new MisfitException("must have bytes for media.reference=inline but has "
                    + MisfitException.shown(found == null ? String.valueOf(text(localpaths, row)) : found)
                    + " alone: send the bytes with the event, or set media.reference=fileurl");
        }
        return bytes.get(row);
    }

    private static @Nullable String text(VarCharVector vector, int row) {
        return vector.isNull(row) ? null : new String(vector.get(row), UTF_8);
    }
}
