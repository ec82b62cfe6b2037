package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.sink.file.CsvSettings.BooleanStyle;
import io.rowlake.sink.file.CsvSettings.Header;
import io.rowlake.sink.file.CsvSettings.Quoting;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever rows are written, other people's readers of JSON and CSV get the same ones. */
final class AnyRowsReadBackTest {

    private static final String NULL = "\\N";

    @Property(tries = 100)
    void jsonLinesAreReadBackEqual(@ForAll("rows") ArbitraryRows written) {
        String text = written.writtenAs(new JsonLinesFormat(JsonSettings.defaults(), BinaryEncoding.EXCLUDE));

        assertThat(ReadBack.jsonLines(written.columns(), text)).isEqualTo(written.rows());
    }

    @Property(tries = 100)
    void csvIsReadBackEqual(@ForAll("rows") ArbitraryRows written, @ForAll("quotings") Quoting quoting) {
        var settings = new CsvSettings(',', quoting, Header.NAMES, NULL, BooleanStyle.LOWER);

        String text = written.writtenAs(new CsvFormat(settings, BinaryEncoding.EXCLUDE));

        assertThat(ReadBack.csv(written.columns(), NULL, text)).isEqualTo(written.rows());
    }

    @Provide
    Arbitrary<ArbitraryRows> rows() {
        return ArbitraryRows.any();
    }

    @Provide
    Arbitrary<Quoting> quotings() {
        return Arbitraries.of(Quoting.MINIMAL, Quoting.ALL, Quoting.NONNUMERIC);
    }
}
