package io.rowlake.query;

import io.rowlake.event.Column;
import io.rowlake.event.TableSchema;
import io.rowlake.query.SelectList.AllColumns;
import io.rowlake.query.SelectList.Selected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a query to the columns of a source: gives its output columns their names and types. */
final class Binding {

    /** What is selected, before its name is sure. */
    private record Wanted(Syntax value, Optional<String> alias) {}

    private final QueryText query;
    private final SourceColumns source;
    private final Expressions expressions;
    private final Set<String> taken = new HashSet<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Expression> outputs = new ArrayList<>();

    private Binding(QueryText query, SourceColumns source) {
        this.query = query;
        this.source = source;
        this.expressions = new Expressions(source, query);
    }

    static BoundQuery bind(QueryText query, SelectList list, SourceColumns source) {
        var binding = new Binding(query, source);
        List<Wanted> wanted = binding.wanted(list);
        binding.reserveNames(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            binding.output(wanted.get(i), i);
        }
        Optional<Computed> where = list.where().map(binding.expressions::condition);
        var schema = new TableSchema(binding.columns, binding.primaryKey());
        return new BoundQuery(schema, source.unknown(), where, binding.outputs);
    }

    private List<Wanted> wanted(SelectList list) {
        List<Wanted> wanted = new ArrayList<>();
        for (SelectList.Item item : list.items()) {
            if (item instanceof AllColumns all) {
                source.schema()
                        .columns()
                        .forEach(column -> wanted.add(
                                new Wanted(new Syntax.Name(all.at(), column.name(), List.of()), Optional.empty())));
            } else {
                var selected = (Selected) item;
                wanted.add(new Wanted(selected.value(), selected.alias()));
            }
        }
        return wanted;
    }

    /** Names that the query gives come first, and no name is given twice. */
    private void reserveNames(List<Wanted> wanted) {
        Map<String, List<Integer>> positions = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            int position = i + 1;
            wanted.get(i)
                    .alias()
                    .ifPresent(name -> positions
                            .computeIfAbsent(name, key -> new ArrayList<>())
                            .add(position));
        }
        positions.forEach((name, at) -> {
            if (at.size() > 1) {
                String list = at.stream().map(String::valueOf).collect(Collectors.joining(", "));
                throw query.error(
                        wanted.get(at.get(1) - 1).value().at(),
                        "Repeated column name '" + name + "' in query at positions: " + list);
            }
        });
        taken.addAll(positions.keySet());
    }

    private void output(Wanted wanted, int position) {
        Optional<Expression> bound = expressions.bind(wanted.value());
        if (bound.isEmpty()) {
            // A column that isn't there yet has no type: it comes with the first row that has it.
            return;
        }
        String name = wanted.alias().orElseGet(() -> free(DefaultName.of(wanted.value(), position)));
        Expression expression = bound.get();
        columns.add(
                expression instanceof Taken whole && whole.isWhole()
                        ? renamed(source.schema().columns().get(whole.path().column()), name)
                        : new Column(name, expression.type()));
        outputs.add(expression);
    }

    private static Column renamed(Column column, String name) {
        return new Column(name, column.type(), column.doc(), column.declared());
    }

    private String free(String name) {
        String free = name;
        for (int suffix = 1; !taken.add(free); suffix++) {
            free = name + "_" + suffix;
        }
        return free;
    }

    /** The source's, if all of its columns are there as they are. */
    private List<String> primaryKey() {
        List<String> names = new ArrayList<>();
        for (String key : source.schema().primaryKey()) {
            int column = source.schema().indexOf(key);
            for (int i = 0; i < outputs.size(); i++) {
                if (outputs.get(i) instanceof Taken whole
                        && whole.isWhole()
                        && whole.path().column() == column) {
                    names.add(columns.get(i).name());
                    break;
                }
            }
        }
        return names.size() == source.schema().primaryKey().size() ? names : List.of();
    }
}
