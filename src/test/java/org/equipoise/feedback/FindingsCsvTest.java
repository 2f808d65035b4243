package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.equipoise.vocabulary.Severity;
import org.junit.jupiter.api.Test;

class FindingsCsvTest {
    private static final String HEADER =
            "code,severity,category,file,line,column,record,event,form,field,expected,found,message,remedy,count\n";

    @Test
    void headerIsThereWithoutFindingsToo() throws IOException {
        assertThat(written()).isEqualTo(HEADER);
    }

    @Test
    void cellsAreQuotedWhereNeeded() throws IOException {
        assertThat(written(found("12, \"13\"\nand 14")))
                .isEqualTo(HEADER
                        + "STG-033,error,value,f.csv,7,gaf,P1,before,gaf,,a number,\"12, \"\"13\"\"\nand 14\",Wrong.,Mend"
                        + " it.,1\n");
    }

    @Test
    void formulasAreDisarmedAndNumbersAreLeft() throws IOException {
        assertThat(written(
                        found("=1+1"), found("@SUM(A1)"), found("+45 20"), found("-999"), found("-1,5"), found("-x")))
                .contains(",'=1+1,", ",'@SUM(A1),", ",'+45 20,", ",-999,", ",\"-1,5\",", ",'-x,");
    }

    private static FindingRow found(String found) {
        return new FindingRow(
                "STG-033",
                Severity.ERROR,
                "value",
                "f.csv",
                7,
                "gaf",
                "P1",
                "before",
                "gaf",
                null,
                "a number",
                found,
                "Wrong.",
                "Mend it.",
                1);
    }

    private static String written(FindingRow... findings) throws IOException {
        StringBuilder out = new StringBuilder();
        FindingsCsv.write(List.of(findings), out);
        return out.toString();
    }
}
