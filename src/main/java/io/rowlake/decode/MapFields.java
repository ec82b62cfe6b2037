package io.rowlake.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schemaless map, in the order of its iteration. Keys that are no text become text, since names are. */
public final class MapFields implements Fields {

    private final List<String> names;
    private final List<@Nullable Object> values;

    private MapFields(Map<?, ?> map) {
        names = new ArrayList<>(map.size());
        values = new ArrayList<>(map.size());
        map.forEach((name, value) -> {
            names.add(String.valueOf(name));
            values.add(value);
        });
    }

    /** The entries of a map, as they are at the moment. */
    public static MapFields of(Map<?, ?> map) {
        return new MapFields(map);
    }

    @Override
    public Optional<SourceType> type() {
        return Optional.empty();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable Object value(int index) {
        return values.get(index);
    }

    @Override
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
