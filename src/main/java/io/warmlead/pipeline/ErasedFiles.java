package io.warmlead.pipeline;

import io.warmlead.lake.Artefacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Files beside the tables that mention erased persons. */
final class ErasedFiles {
  private final Artefacts artefacts;

  ErasedFiles(Artefacts artefacts) {
    this.artefacts = artefacts;
  }

  /**
   * Deletes reports and other texts; a model is kept, because scores refer to it, and named.
   *
   * @return lines of the receipt
   */
  List<String> erase(List<String> persons) {
    List<Pattern> mentions = persons.stream().map(Mention::pattern).map(Pattern::compile).toList();
    List<String> deleted = new ArrayList<>();
    List<String> models = new ArrayList<>();
    for (String name : artefacts.names()) {
      String text = artefacts.find(name).orElse("");
      if (mentions.stream().noneMatch(mention -> mention.matcher(text).find())) {
        continue;
      }
      if (name.startsWith("models/")) {
        models.add(name);
      } else {
        artefacts.delete(name);
        deleted.add(name);
      }
    }
    List<String> receipt = new ArrayList<>();
    receipt.add("reports and other files  " + deleted.size() + " deleted");
    receipt.add("models  " + models.size() + " with the id of a person among their values");
    models.forEach(
        name ->
            receipt.add(
                "  "
                    + name
                    + ": ten leads or more have this value of an attribute. Leave that attribute out"
                    + " (inputs.leads.exclude), train again, and delete the file."));
    return receipt;
  }
}
