package io.warmlead.hostile;

import static io.warmlead.hostile.HostileFile.TIME;
import static io.warmlead.hostile.HostileFile.file;
import static io.warmlead.hostile.HostileFile.gzip;
import static io.warmlead.hostile.HostileFile.text;
import static io.warmlead.hostile.HostileFile.utf8;

import java.util.List;

/** Files of JSON lines that can be read, however ugly. */
final class JsonCorpus {
  private JsonCorpus() {}

  static List<HostileFile> files() {
    return List.of(
        text("good.jsonl", 2, 0, json("json-1", "") + "\n" + json("json-2", "")),
        text("byte-order-mark.jsonl", 1, 0, "\uFEFF" + json("json-bom", "") + "\n"),
        text(
            "crlf.jsonl",
            2,
            0,
            json("json-crlf-1", "") + "\r\n" + json("json-crlf-2", "") + "\r\n"),
        text(
            "cut.jsonl",
            1,
            1,
            json("json-cut", "") + "\n" + json("json-cut-2", "").substring(0, 30)),
        text(
            "array.jsonl",
            2,
            0,
            "[" + json("json-array-1", "") + "," + json("json-array-2", "") + "]\n"),
        text(
            "pretty.json",
            0,
            5,
            "{\n  \"lead_id\": \"json-pretty\",\n  \"occurred_at\": \""
                + TIME
                + "\",\n  \"event\": \"x\"\n}\n"),
        text("scalars.jsonl", 1, 3, "42\n\"text\"\ntrue\n" + json("json-scalar", "") + "\n"),
        text("empty-objects.jsonl", 1, 2, "{}\n{}\n" + json("json-empty", "") + "\n"),
        text(
            "nested-id.jsonl",
            1,
            0,
            "{\"lead_id\":{\"$oid\":\"5f\"},\"occurred_at\":\"" + TIME + "\",\"event\":\"x\"}\n"),
        text(
            "nested-time.jsonl",
            0,
            2,
            "{\"lead_id\":\"json-time\",\"occurred_at\":{\"$date\":1},\"event\":\"x\"}\n"
                + "{\"lead_id\":\"json-time\",\"occurred_at\":[\""
                + TIME
                + "\"],\"event\":\"x\"}\n"),
        text(
            "numbers.jsonl",
            2,
            3,
            number("17", "1")
                + number("17.0", "NaN")
                + number("1e400", "12.5")
                + number("18", "1e999")
                + number("19", "\"Infinity\"")),
        text(
            "nulls.jsonl",
            0,
            2,
            "{\"lead_id\":null,\"occurred_at\":\"" + TIME + "\",\"event\":\"x\"}\nnull\n"),
        text(
            "escapes.jsonl",
            2,
            0,
            json("json-\\u0000-nul", "") + "\n" + json("json-\\ud83d\\ude00", "") + "\n"),
        text("lone-surrogate.jsonl", 1, 0, json("json-\\ud83d", "") + "\n"),
        text(
            "odd-keys.jsonl",
            1,
            0,
            json("json-keys", ",\"a.b\":1,\"tick`\":2,\"sp ace\":3,\"_metadata\":4")),
        text(
            "deep.jsonl",
            1,
            1,
            json("json-deep-1", "")
                + "\n"
                + json("json-deep-2", ",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000))
                + "\n"),
        text("long-number.jsonl", 0, 1, json("json-long", ",\"n\":" + "9".repeat(2_000)) + "\n"),
        file(
            "bomb.jsonl.gz",
            gzip(utf8(json("json-bomb", ",\"x\":\"" + "x".repeat(8 << 20) + "\"") + "\n")),
            1,
            0),
        text("comments.jsonl", 1, 1, "// a comment\n" + json("json-comment", "") + "\n"),
        text("empty-key.jsonl", 1, 0, json("json-empty-key", ",\"\":1")),
        text("empty.jsonl", 0, 0, ""));
  }

  private static String number(String lead, String value) {
    return "{\"lead_id\":"
        + lead
        + ",\"occurred_at\":\""
        + TIME
        + "\",\"event\":\"x\",\"value\":"
        + value
        + "}\n";
  }

  static String json(String lead, String more) {
    return "{\"lead_id\":\""
        + lead
        + "\",\"occurred_at\":\""
        + TIME
        + "\",\"event\":\"page_view\""
        + more
        + "}";
  }
}
