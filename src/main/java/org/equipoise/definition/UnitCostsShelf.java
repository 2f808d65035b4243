package org.equipoise.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.equipoise.definition.UnitCosts.Unit;
import org.equipoise.definition.UnitCosts.UnitCost;
import org.equipoise.definition.UnitCosts.Use;

/**
 * The tables of unit costs there are, for whoever refers to one.
 *
 * @param sound those without a problem, by code
 * @param broken file names, without ending, of those that cannot be used; a reference to one is no new problem
 */
record UnitCostsShelf(Map<String, UnitCosts> sound, Set<String> broken) {

    /** The table named here. An unknown one is told; a broken one has been told. */
    Optional<UnitCosts> find(Part reference) {
        UnitCosts costs = sound.get(reference.text());
        if (costs == null && reference.isPresent() && !broken.contains(reference.text())) {
            reference.tell(
                    DefinitionProblem.COSTS_UNKNOWN,
                    sound.isEmpty()
                            ? "one of those under costs"
                            : Choices.of(new TreeSet<>(sound.keySet()), reference.text()),
                    reference.text(),
                    reference.text());
        }
        return Optional.ofNullable(costs);
    }

    /** Reads one table. What has two costs is told. */
    static UnitCosts read(YamlFile file) {
        Part root = Part.of(file);
        Uniqueness uses = new Uniqueness("The unit cost of");
        return new UnitCosts(
                root.at("code").text(),
                root.at("name").text(),
                root.at("currency").text(),
                root.at("price_year").integer(0),
                root.at("illustrative").isTrue(),
                root.at("unit_costs").elements().stream()
                        .map(part -> readCost(part, uses))
                        .toList());
    }

    private static UnitCost readCost(Part part, Uniqueness uses) {
        Optional<String> detail = part.at("detail").findText();
        uses.see(
                part.at("kind"),
                part.at("kind").text() + detail.map(text -> " " + text).orElse(""));
        return new UnitCost(
                new Use(part.at("kind").text(), detail),
                part.at("per").choice(Unit.class, Unit.DAY),
                part.at("cost").number(0),
                part.at("source").text());
    }
}
