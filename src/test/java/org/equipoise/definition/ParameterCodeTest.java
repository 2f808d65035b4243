package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.equipoise.vocabulary.OutcomeCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of parameters, derived on paper by the rule of the page on data sets in CDISC's shape. */
class ParameterCodeTest {
    @ParameterizedTest
    @CsvSource({
        "CRISIS, CRISIS",
        "SUI_ANY, SUIANY",
        "HOSP_DAYS, HOSPDAYS",
        "BPD_SEV_ZAN, BPDSVZN",
        "MED_YEARS_POLY3, MDYRSPLY",
        "outpatient.years, OTPTNTYR",
        "6MWT, P6MWT",
        "12345678, P1234567"
    })
    void followsFromTheOutcomesCode(String outcome, String paramcd) {
        assertThat(ParameterCode.of(new OutcomeCode(outcome))).isEqualTo(paramcd);
    }
}
