package io.warmlead.table;

/** Who must not come back. */
public final class Suppressed {
  private Suppressed() {}

  public static final TableContract TABLE =
      TableContract.named(
              "suppressed",
              "One erased person, as a code that only the holder of the erasure key can make of an"
                  + " id: rows of such persons are left out when inputs are read.")
          .required(
              "code",
              "STRING",
              "HMAC-SHA-256 of the lead_id, hexadecimal; a random one where there was no key")
          .required("run_id", "STRING", "Run that erased the person")
          .required("erased_at", "TIMESTAMP", "When that run started, by the clock of the machine")
          .optional(
              "is_left_out",
              "BOOLEAN",
              "Whether later rows of the person are left out; false where there was no key, NULL as"
                  + " true")
          .key("code")
          .statistics("erased_at")
          .check("is_a_code", "length(code) = 64")
          .build();
}
