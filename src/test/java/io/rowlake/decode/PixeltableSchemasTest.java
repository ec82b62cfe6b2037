package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.decode.DecodeSettings.FixedArrays;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PixeltableSchemasTest {

    @ParameterizedTest
    @CsvSource({
        "StringType, STRING, PLAIN",
        "IntType, LONG, PLAIN",
        "BoolType, BOOLEAN, PLAIN",
        "TimestampType, TIMESTAMP, PLAIN",
        "DateType, DATE, PLAIN",
        "UUIDType, UUID, PLAIN",
        "BinaryType, BINARY, PLAIN",
        "JsonType, JSON, PLAIN",
        "FloatType, DOUBLE, PLAIN",
    })
    void everyClassOfTypeHasItsForm(String classname, Scalar type, Encoding encoding) {
        assertThat(form("{\"_classname\":\"" + classname + "\",\"nullable\":true}"))
                .isEqualTo(new Atom(type, encoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImageType", "VideoType", "AudioType", "DocumentType"})
    void mediaKeepTheirParts(String classname) {
        assertThat(form("{\"_classname\":\"" + classname + "\",\"nullable\":true}"))
                .isEqualTo(new Atom(new MediaType(), Encoding.MEDIA));
    }

    @Test
    void theShapeOfAnArrayIsItsColumnsDoc() {
        String type = "{\"_classname\":\"ArrayType\",\"shape\":[3,null],\"numpy_dtype\":\"float32\"}";

        SourceSchema schema = PixeltableSchemas.parse(columns(type), FixedArrays.LIST);

        assertThat(schema.tableSchema().columns().get(0).doc()).contains("shape [3, null]");
    }

    @Test
    void anArrayOfFixedShapeIsRefusedWhereThatIsAskedFor() {
        String type = "{\"_classname\":\"ArrayType\",\"shape\":[4],\"numpy_dtype\":\"float32\"}";

        assertThatThrownBy(() -> PixeltableSchemas.parse(columns(type), FixedArrays.REJECT))
                .isInstanceOf(SchemaException.class)
                .hasMessage("column 'a' must not be an array of the fixed shape [4], since arrays.fixed=reject: set"
                        + " arrays.fixed=list, or leave a dimension free in the schema");
    }

    @Test
    void theBlockOfAnEventIsReadWithItsPrimaryKeyAndColumnsInOrder() {
        byte[] event = """
                {"op":"c","schema":{"version": 2, "primary_key": ["label"], "columns": {
                  "width":     {"_classname": "IntType", "nullable": true},
                  "image":     {"_classname": "ImageType", "nullable": false, "width": null, "height": null, "mode": null},
                  "label":     {"_classname": "StringType", "nullable": false},
                  "embedding": {"_classname": "ArrayType", "nullable": true, "shape": [4], "numpy_dtype": "float32"},
                  "meta":      {"_classname": "JsonType", "nullable": true, "type_schema": {"type_spec":
                      {"a": {"_classname": "IntType", "nullable": false}}, "type_spec_key_order": ["a"],
                      "variadic_type": null, "optional_keys": []}}}},
                 "ts_ms":1}
                """.getBytes(StandardCharsets.UTF_8);
        int start = 19;
        int end = new String(event, StandardCharsets.UTF_8).indexOf(",\n \"ts_ms\"");

        SourceSchema schema = PixeltableSchemas.read(event, start, end - start, FixedArrays.LIST);

        assertThat(schema)
                .isEqualTo(new SourceSchema(
                        List.of(
                                new SourceColumn("width", plain(Scalar.LONG)),
                                new SourceColumn("image", new Atom(new MediaType(), Encoding.MEDIA)),
                                new SourceColumn("label", plain(Scalar.STRING)),
                                new SourceColumn("embedding", new Elements(plain(Scalar.FLOAT), 4)),
                                new SourceColumn(
                                        "meta",
                                        plain(Scalar.JSON),
                                        Optional.of(new StructType(List.of(new Column("a", Scalar.LONG)))))),
                        List.of("label")));
    }

    @ParameterizedTest
    @CsvSource({
        "bool, BOOLEAN",
        "int8, INT",
        "int16, INT",
        "int32, INT",
        "int64, LONG",
        "uint8, INT",
        "uint16, INT",
        "uint32, LONG",
        "float16, FLOAT",
        "float32, FLOAT",
        "float64, DOUBLE",
        "str, STRING",
    })
    void elementsOfAnArrayHaveTheTypeOfTheirDtype(String dtype, Scalar type) {
        assertThat(arrayForm("[null]", "\"" + dtype + "\"")).isEqualTo(new Elements(plain(type), Elements.FREE));
    }

    @Test
    void unsignedNumbersOf64BitsBecomeDecimals() {
        assertThat(arrayForm("[2]", "\"uint64\"")).isEqualTo(new Elements(plain(new DecimalType(20, 0)), 2));
    }

    @Test
    void anArrayHasAListForEachDimension() {
        assertThat(arrayForm("[null,3,2]", "\"int64\""))
                .isEqualTo(new Elements(new Elements(new Elements(plain(Scalar.LONG), 2), 3), Elements.FREE));
    }

    @Test
    void anArrayWithoutDimensionsIsASingleElement() {
        assertThat(arrayForm("[]", "\"int64\"")).isEqualTo(plain(Scalar.LONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_classname\":\"ArrayType\",\"shape\":null,\"numpy_dtype\":\"int64\"}",
                "{\"_classname\":\"ArrayType\",\"numpy_dtype\":\"int64\"}",
                "{\"_classname\":\"ArrayType\",\"shape\":[4],\"numpy_dtype\":null}",
                "{\"_classname\":\"ArrayType\",\"shape\":[4]}"
            })
    void anArrayOfUnknownRankOrDtypeIsKeptAsJson(String type) {
        assertThat(form(type)).isEqualTo(plain(Scalar.JSON));
    }

    @Test
    void aBlockWithoutPrimaryKeyHasNone() {
        SourceSchema schema = PixeltableSchemas.parse(
                "{\"primary_key\":null,\"columns\":{\"a\":{\"_classname\":\"IntType\"}}}", FixedArrays.LIST);

        assertThat(schema.primaryKey()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'columns':{'a':{'_classname':'HologramType'}}}" + "|_classname of column 'a' must be one of " + KNOWN
                        + " but was 'HologramType'",
                "{'columns':{'a':{}}}|_classname of column 'a' must be one of " + KNOWN + " but was absent",
                "{'columns':{'a':7}}|_classname of column 'a' must be one of " + KNOWN + " but was absent",
                "{'columns':{'a':{'_classname':null}}}|_classname of column 'a' must be one of " + KNOWN
                        + " but was null",
                "{'columns':{'a':{'_classname':'ArrayType','shape':[1],'numpy_dtype':'complex64'}}}"
                        + "|numpy_dtype of column 'a' must be one of bool, float16, float32, float64, int16, int32, int64,"
                        + " int8, str, uint16, uint32, uint64, uint8 but was 'complex64'",
                "{'columns':{'a':{'_classname':'ArrayType','shape':'4','numpy_dtype':'int8'}}}"
                        + "|shape of column 'a' must be a list of positive whole numbers, or null for a free dimension,"
                        + " but was '4'",
                "{'columns':{'':{'_classname':'IntType'}}}|columns of the schema must have names but one is empty",
                "{'columns':[]}|columns of the schema must be an object that has a type for each column but was []",
                "{}|columns of the schema must be an object that has a type for each column but was absent",
                "{'primary_key':['b'],'columns':{'a':{'_classname':'IntType'}}}"
                        + "|primary key must be columns of [a] but one was 'b'",
                "{'primary_key':[7],'columns':{'a':{'_classname':'IntType'}}}"
                        + "|primary key must be columns of [a] but one was '7'",
                "{'primary_key':'a','columns':{'a':{'_classname':'IntType'}}}"
                        + "|primary_key of the schema must be a list of columns but was 'a'",
                "null|schema must be a JSON object but was null",
                "{'columns':{}} 7|schema must be JSON but was not: Trailing token (of type VALUE_NUMBER_INT) found after"
                        + " value (bound as `com.fasterxml.jackson.databind.JsonNode`): not allowed as per"
                        + " `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`",
            })
    void aBlockThatCannotBeUnderstoodIsRefusedWithTheColumn(String json, String message) {
        assertThatThrownBy(() -> PixeltableSchemas.parse(json.replace('\'', '"'), FixedArrays.LIST))
                .isInstanceOf(SchemaException.class)
                .hasMessage(message);
    }

    @Test
    void textThatIsNoJsonIsRefusedWithTheCauseOfTheParser() {
        assertThatThrownBy(() -> PixeltableSchemas.parse("schema.json", FixedArrays.LIST))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("schema must be JSON but was not: Unrecognized token 'schema'");
    }

    private static final String KNOWN = "ArrayType, AudioType, BinaryType, BoolType, DateType, DocumentType, FloatType,"
            + " ImageType, IntType, JsonType, StringType, TimestampType, UUIDType, VideoType";

    private static ValueForm arrayForm(String shape, String dtype) {
        return form("{\"_classname\":\"ArrayType\",\"nullable\":true,\"shape\":" + shape + ",\"numpy_dtype\":" + dtype
                + "}");
    }

    private static ValueForm form(String type) {
        return PixeltableSchemas.parse(columns(type), FixedArrays.LIST)
                .columns()
                .get(0)
                .form();
    }

    private static String columns(String type) {
        return "{\"version\":1,\"columns\":{\"a\":" + type + "}}";
    }

    private static Atom plain(ColumnType type) {
        return new Atom(type, Encoding.PLAIN);
    }
}
