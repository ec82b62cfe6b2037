package io.rowlake.decode;

import io.rowlake.decode.Tokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as objects of the JDK. For inference, which sees few rows. */
final class NeutralValues {

    private NeutralValues() {}

    /** The current value, to whose end it goes. */
    static @Nullable Object read(Tokens tokens) {
        if (tokens.token() == Token.BEGIN_LIST) {
            return list(tokens);
        }
        return tokens.token() == Token.BEGIN_OBJECT ? map(tokens) : tokens.plainValue();
    }

    private static List<@Nullable Object> list(Tokens tokens) {
        List<@Nullable Object> list = new ArrayList<>();
        while (tokens.next() != Token.END_LIST) {
            list.add(read(tokens));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Tokens tokens) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            map.put(name, read(tokens));
        }
        return map;
    }
}
