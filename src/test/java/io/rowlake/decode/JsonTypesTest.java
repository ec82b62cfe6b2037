package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTypesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type_spec':{'a':{'_classname':'IntType','nullable':false}},'type_spec_key_order':['a'],"
                        + "'variadic_type':null,'optional_keys':[]}|struct<a: long>",
                "{'type_spec':{'b':{'_classname':'StringType'},'a':{'_classname':'FloatType'},'c':{'_classname':'BoolType'}},"
                        + "'type_spec_key_order':['c','a','b']}|struct<c: boolean, a: double, b: string>",
                "{'type_spec':{'b':{'_classname':'StringType'}},'type_spec_key_order':null}|struct<b: string>",
                "{'type_spec':[],'type_spec_key_order':null,'variadic_type':{'_classname':'StringType'}}|list<string>",
                "{'type_spec':{'tags':{'_classname':'JsonType','nullable':true,'type_schema':{'type_spec':[],"
                        + "'variadic_type':{'_classname':'JsonType','type_schema':{'type_spec':{'x':{'_classname':"
                        + "'FloatType'}}}}}}}}|struct<tags: list<struct<x: double>>>",
            })
    void aTypeSchemaOfPixeltablesIsATypeInTheDeclaredOrder(String schema, String type) {
        assertThat(declared("type_schema", schema)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null",
                "{}",
                "{'type_spec':{}}",
                "{'type_spec':[]}",
                "{'type_spec':[],'variadic_type':null}",
                "{'type_spec':[{'_classname':'IntType'}],'variadic_type':null}",
                "{'type_spec':[{'_classname':'IntType'}],'variadic_type':{'_classname':'IntType'}}",
                "{'type_spec':{'a':{'_classname':'IntType'}},'variadic_type':{'_classname':'IntType'}}",
                "{'type_spec':{'':{'_classname':'IntType'}}}",
                "{'type_spec':{'a':{'_classname':'IntType'},'b':{'_classname':'IntType'}},'type_spec_key_order':['a','a']}",
                "{'type_spec':{'a':{'_classname':'IntType'}},'type_spec_key_order':['b']}",
                "{'type_spec':{'a':{'_classname':'JsonType','nullable':true}}}",
                "{'type_spec':{'a':{'_classname':'ImageType'},'b':{'_classname':'IntType'}}}",
                "{'type_spec':[],'variadic_type':{'_classname':'ArrayType','shape':[2],'numpy_dtype':'int8'}}",
            })
    void whatNoColumnHasDeclaresNothing(String schema) {
        assertThat(declared("type_schema", schema)).isEqualTo("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'b':{'type':'integer'},'a':{'type':'number'}}}|struct<b: long, a: double>",
                "{'type':'array','items':{'type':'string'}}|list<string>",
                "{'type':['null','boolean']}|boolean",
                "{'anyOf':[{'type':'integer'},{'type':'null'}],'title':'Count'}|long",
                "{'type':'object','properties':{'at':{'type':['array','null'],'items':{'type':['integer','null']}}},"
                        + "'required':['at'],'additionalProperties':false}|struct<at: list<long>>",
            })
    void theJsonSchemaOfOlderReleasesIsAType(String schema, String type) {
        assertThat(declared("json_schema", schema)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}",
                "null",
                "{'type':'null'}",
                "{'type':['integer','string']}",
                "{'type':'array'}",
                "{'type':'array','prefixItems':[{'type':'integer'}]}",
                "{'type':'array','items':[{'type':'integer'}]}",
                "{'type':'object'}",
                "{'type':'object','additionalProperties':{'type':'integer'}}",
                "{'type':'object','properties':{'a':{},'b':{'type':'integer'}}}",
                "{'type':'object','properties':{'':{'type':'integer'}}}",
                "{'oneOf':[{'type':'integer'}]}",
                "{'anyOf':[{'type':'integer'},{'type':'string'}]}",
                "{'$ref':'#/$defs/a'}",
            })
    void aJsonSchemaThatLeavesTheTypeOpenDeclaresNothing(String schema) {
        assertThat(declared("json_schema", schema)).isEqualTo("nothing");
    }

    private static String declared(String key, String schema) {
        String type =
                "{\"_classname\":\"JsonType\",\"nullable\":true,\"" + key + "\":" + schema.replace('\'', '"') + "}";
        try {
            return JsonTypes.declared(MAPPER.readTree(type))
                    .map(Object::toString)
                    .orElse("nothing");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
