package io.rowlake.decode;

import io.rowlake.decode.Payload.JsonBytes;
import io.rowlake.decode.Payload.Single;
import io.rowlake.decode.Payload.Text;
import io.rowlake.decode.Payload.Tree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key or a value that can be read as often as needed. The subject is what messages call it. */
sealed interface Carrier {

    /** From the beginning. */
    Tokens tokens();

    /** The schema that the value came with. */
    Optional<SourceType> type();

    /** What a payload carries, empty for nothing. */
    static Optional<Carrier> of(Payload payload, String subject) {
        if (payload instanceof JsonBytes json) {
            return Optional.of(new Json(checked(json.bytes(), subject), subject));
        }
        if (payload instanceof Text text) {
            return Optional.of(new Json(bytes(text.text(), subject), subject));
        }
        if (payload instanceof Tree tree) {
            return Optional.of(new Objects(tree.fields(), tree.fields().type()));
        }
        if (payload instanceof Single single) {
            return Optional.of(new Objects(single.value(), single.type()));
        }
        return Optional.empty();
    }

    private static JsonBlock checked(byte[] bytes, String subject) {
        int wrong = Utf8.firstInvalid(bytes);
        if (wrong != Utf8.VALID) {
            throw new BadEventException(subject + " must be UTF-8 but is not at byte " + wrong);
        }
        return notEmpty(new JsonBlock(bytes, 0, bytes.length), subject);
    }

    private static JsonBlock bytes(String text, String subject) {
        var buffer = new Utf8Buffer();
        try {
            buffer.text(text);
        } catch (WrongValueException problem) {
            throw new BadEventException(subject + problem.getMessage());
        }
        return notEmpty(new JsonBlock(buffer.array(), 0, buffer.length()), subject);
    }

    private static JsonBlock notEmpty(JsonBlock block, String subject) {
        if (block.length() == 0) {
            throw new BadEventException(subject + " must be a JSON object but is empty");
        }
        return block;
    }

    /** JSON text. */
    record Json(JsonBlock block, String subject) implements Carrier {

        @Override
        public Tokens tokens() {
            return new JsonTokens(block, subject);
        }

        @Override
        public Optional<SourceType> type() {
            return Optional.empty();
        }
    }

    /** What a converter made. */
    record Objects(@Nullable Object root, Optional<SourceType> type) implements Carrier {

        @Override
        public Tokens tokens() {
            return new TreeTokens(root);
        }
    }
}
