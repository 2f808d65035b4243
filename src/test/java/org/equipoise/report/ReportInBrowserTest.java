package org.equipoise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader has it: in a real browser, as wide as a phone, a tablet and a desk. */
@Timeout(600)
class ReportInBrowserTest {
    private static final int PHONE = 390;
    private static final int TABLET = 820;
    private static final int DESK = 1280;

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void find() {
        Optional<Browser> found = Browser.find(folder);
        Assumptions.assumeTrue(
                found.isPresent(),
                "There is no Chromium on the PATH, so nobody looked at the report. -Dequipoise.chromium=FILE names one.");
        browser = found.orElseThrow();
    }

    @Test
    void isReadableOnPhoneTabletAndDesk() throws IOException, InterruptedException {
        assertThat(browser.complaints(new ReportPage(ReportFixture.large()).render(), PHONE, TABLET, DESK))
                .isEmpty();
    }

    @Test
    void isReadableWithOtherComparatorsAndSitesWithoutRandomisation() throws IOException, InterruptedException {
        assertThat(browser.complaints(new ReportPage(ReportFixture.others()).render(), PHONE, TABLET, DESK))
                .isEmpty();
    }

    @Test
    void isReadableWithTwelveSites() throws IOException, InterruptedException {
        assertThat(browser.complaints(new ReportPage(ReportFixture.manySites()).render(), PHONE, TABLET, DESK))
                .isEmpty();
    }

    @Test
    void isReadableWithOneSiteAndWhileTheStudyRuns() throws IOException, InterruptedException {
        assertThat(browser.complaints(new ReportPage(ReportFixture.small(7)).render(), PHONE, DESK))
                .isEmpty();
        assertThat(browser.complaints(new ReportPage(ReportFixture.running()).render(), PHONE, DESK))
                .isEmpty();
    }

    /** Two pages an outcome at most, of 25; and no page but the last is left nearly empty. */
    @Test
    void printsOnFewPagesEachOfThemUsed() throws IOException, InterruptedException {
        List<Integer> texts = browser.printed(new ReportPage(ReportFixture.large()).render());

        assertThat(texts).hasSizeBetween(10, 50);
        List<Integer> inOrder = texts.stream().sorted().toList();
        int usual = inOrder.get(inOrder.size() / 2);
        assertThat(texts.subList(0, texts.size() - 1))
                .allSatisfy(page -> assertThat(page).isGreaterThan(usual / 5));
    }

    @Test
    void seesAPageThatIsNearlyEmpty() throws IOException, InterruptedException {
        String page = "<!DOCTYPE html><p>" + "Many words. ".repeat(200) + "</p><p style=\"break-before: page\">Few.</p>"
                + "<p style=\"break-before: page\">" + "Many words. ".repeat(200) + "</p>";

        List<Integer> texts = browser.printed(page);

        assertThat(texts).hasSize(3);
        assertThat(texts.get(1)).isLessThan(texts.get(0) / 5);
    }

    /** Each check meets a page that has what it looks for. */
    @Test
    void complainsOfEachThingThatIsWrong() throws IOException, InterruptedException {
        String wrong = "<!DOCTYPE html><html lang=\"en\"><head><title>Wrong</title></head><body><main>"
                + "<script>console.error('broken')</script><script>missing()</script>"
                + "<img alt=\"\" src=\"missing.png\">"
                + "<div id=\"wide\" style=\"width:900px\">Too wide</div>"
                + "<figure id=\"empty\"><svg viewBox=\"0 0 10 10\"></svg></figure>"
                + "<figure id=\"drawn\"><svg viewBox=\"0 0 400 100\"><circle class=\"mark\" cx=\"5\" cy=\"5\" r=\"2\"/>"
                + "<text x=\"10\" y=\"20\">one</text><text x=\"12\" y=\"21\">two</text>"
                + "<text x=\"390\" y=\"50\">beyond</text></svg></figure></main></body></html>";

        assertThat(browser.complaints(wrong, PHONE))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 console: broken"))
                .anySatisfy(complaint -> assertThat(complaint).contains("console: ", "missing is not defined"))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 console: a resource failed"))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 network: missing.png"))
                .anySatisfy(complaint -> assertThat(complaint).startsWith("390 overflow: the page is "))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 overflow: div#wide \"Too wide\""))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 empty figure: figure#empty \"\""))
                .anySatisfy(complaint -> assertThat(complaint).isEqualTo("390 cut text: text \"beyond\""))
                .anySatisfy(complaint ->
                        assertThat(complaint).isEqualTo("390 overlapping texts: text \"one\" and text \"two\""))
                .noneSatisfy(complaint -> assertThat(complaint).contains("empty figure: figure#drawn"));
    }
}
