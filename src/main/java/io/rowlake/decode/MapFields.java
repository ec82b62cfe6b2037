package io.rowlake.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map without a schema, its entries in the order of the map. */
public final class MapFields implements Fields {

    private final Map<String, ?> map;
    private final List<String> names;

    private MapFields(Map<String, ?> map) {
        this.map = map;
        this.names = List.copyOf(map.keySet());
    }

    /** The entries of a map, which is not copied and must not change. */
    public static MapFields of(Map<String, ?> map) {
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
        return map.get(names.get(index));
    }

    @Override
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
