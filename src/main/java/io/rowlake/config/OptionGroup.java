package io.rowlake.config;

import io.rowlake.config.SinkOptions.Destination;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Adds options to a definition under one heading, in order. */
final class OptionGroup {

    private final ConfigDef definition;
    private final String name;
    private int order;

    OptionGroup(ConfigDef definition, String name) {
        this.definition = definition;
        this.name = name;
    }

    /** An option that has to be given, of a closed set of values. */
    void required(String option, ConfigDef.Type type, Choices choices, String doc) {
        new Option(option, type, ConfigDef.NO_DEFAULT_VALUE)
                .rule(choices)
                .importance(Importance.HIGH)
                .doc(doc);
    }

    /** Begins an option; {@link Option#doc} adds it. */
    Option option(String option, ConfigDef.Type type, Object defaultValue) {
        return new Option(option, type, defaultValue);
    }

    /** One option in the making. */
    final class Option {
        private final String key;
        private final ConfigDef.Type type;
        private final Object defaultValue;
        private ConfigDef.@Nullable Validator rule;
        private Importance importance = Importance.MEDIUM;
        private Set<Destination> visibleFor = Set.of(Destination.values());

        private Option(String key, ConfigDef.Type type, Object defaultValue) {
            this.key = key;
            this.type = type;
            this.defaultValue = defaultValue;
        }

        Option rule(ConfigDef.Validator newRule) {
            rule = newRule;
            return this;
        }

        Option importance(Importance newImportance) {
            importance = newImportance;
            return this;
        }

        Option visibleFor(Destination... destinations) {
            visibleFor = Set.of(destinations);
            return this;
        }

        /** Adds the option to the definition. */
        void doc(String text) {
            definition.define(
                    key,
                    type,
                    defaultValue,
                    rule,
                    importance,
                    text,
                    name,
                    order++,
                    Width.MEDIUM,
                    key,
                    List.of(),
                    new ByDestination(rule, visibleFor));
        }
    }

    /** Recommends the values of the rule, and shows the option where the destination has a use for it. */
    private record ByDestination(ConfigDef.@Nullable Validator rule, Set<Destination> visibleFor)
            implements Recommender {

        @Override
        public List<Object> validValues(String option, Map<String, Object> values) {
            return rule instanceof Choices choices ? List.copyOf(choices.values()) : List.of();
        }

        @Override
        public boolean visible(String option, Map<String, Object> values) {
            Object destination = values.get(SinkOptions.DESTINATION);
            return destination == null
                    || visibleFor.stream()
                            .anyMatch(
                                    each -> each.name().toLowerCase(Locale.ROOT).equals(destination));
        }
    }
}
