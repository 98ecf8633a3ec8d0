package io.warmlead.hostile;

import static io.warmlead.hostile.HostileFile.HEADER;
import static io.warmlead.hostile.HostileFile.TIME;
import static io.warmlead.hostile.HostileFile.gzip;
import static io.warmlead.hostile.HostileFile.line;
import static io.warmlead.hostile.HostileFile.utf8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A file that cannot be read at all, alone in its input.
 *
 * @param settings what is set besides the path
 * @param said what the message has to say
 */
record RefusedFile(String name, Supplier<byte[]> bytes, List<String> settings, String said) {

  static List<RefusedFile> all() {
    byte[] noise = new byte[60_000];
    new Random(7).nextBytes(noise);
    StringBuilder many = new StringBuilder(HEADER).append('\n');
    new Random(8).ints(3_000).forEach(id -> many.append(line("lead-" + id)).append('\n'));
    byte[] zip = gzip(utf8(many.toString()));
    String good = HEADER + "\n" + line("a") + "\n";
    List<RefusedFile> files = new ArrayList<>();
    files.add(
        csv(
            "utf-16-le.csv",
            ("\uFEFF" + good).getBytes(StandardCharsets.UTF_16LE),
            "is not UTF-8 text"));
    files.add(
        csv(
            "utf-16-be.csv",
            ("\uFEFF" + good).getBytes(StandardCharsets.UTF_16BE),
            "options.encoding"));
    files.add(
        csv("nul-in-front.csv", utf8(HEADER + "\na\0b," + TIME + ",x\n"), "is not UTF-8 text"));
    files.add(csv("noise.csv", noise, "is not UTF-8 text"));
    files.add(
        csv(
            "image.csv",
            new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0},
            "is not UTF-8 text"));
    files.add(csv("cut.csv.gz", Arrays.copyOf(zip, zip.length / 2), "cut off"));
    files.add(csv("cut-at-once.csv.gz", Arrays.copyOf(zip, 5), "cut-at-once.csv.gz"));
    files.add(csv("no-gzip.csv.gz", utf8(good), "no-gzip.csv.gz"));
    files.add(csv("wrong-checksum.csv.gz", damaged(gzip(utf8(good))), "wrong-checksum.csv.gz"));
    files.add(
        csv("doubled-needed.csv", utf8(HEADER + ",event\n" + line("a") + ",b\n"), "columns.event"));
    files.add(
        csv(
            "other-case.csv",
            utf8("Lead_ID,occurred_at,event\n" + line("a")),
            "Did you mean Lead_ID"));
    files.add(csv("no-header.csv", utf8(line("a") + "\n" + line("b")), "there is no such column"));
    files.add(csv("excel-hint.csv", utf8("sep=;\n" + good), "there is no such column"));
    files.add(csv("tabs.csv", utf8(good.replace(',', '\t')), "there is no such column"));
    files.add(csv("newlines-only.csv", utf8("\n\n\n"), "holds no rows"));
    files.add(
        csv(
            "reserved-names.csv",
            utf8(HEADER + ",__malformed,__file\n" + line("a") + ",1,2"),
            "__malformed"));
    files.add(
        csv(
            "page.csv",
            utf8("<!DOCTYPE html>\n<html><body>404</body></html>\n"),
            "there is no such column"));
    files.add(json("all-broken.jsonl", utf8("{\n{\n{\n"), "lead_id"));
    files.add(
        json(
            "same-key.jsonl",
            utf8(
                "{\"lead_id\":\"a\",\"lead_id\":\"b\",\"occurred_at\":\""
                    + TIME
                    + "\",\"event\":\"x\"}"),
            "lead_id"));
    files.add(
        json(
            "utf-16.jsonl",
            JsonCorpus.json("a", "").getBytes(StandardCharsets.UTF_16),
            "is not UTF-8 text"));
    files.add(
        json(
            "same-key-but-case.jsonl",
            utf8(
                JsonCorpus.json("a", ",\"Email\":1") + "\n" + JsonCorpus.json("b", ",\"email\":1")),
            "Email and email"));
    files.add(parquet("text.parquet", utf8(good), "text.parquet"));
    files.add(parquet("magic-only.parquet", utf8("PAR1PAR1"), "magic-only.parquet"));
    files.add(parquet("short.parquet", utf8("PAR1"), "short.parquet"));
    files.add(options("options.csv", utf8(good), "encoding = nonsense", "nonsense"));
    files.add(options("options.csv", utf8(good), "sep = \"\"", "options"));
    files.add(options("options.csv", utf8(good), "lineSep = \"\"", "options"));
    files.add(options("options.csv", utf8(good), "maxColumns = many", "options"));
    files.add(options("options.csv", utf8(good), "maxColumns = 1", "options"));
    return files;
  }

  private static RefusedFile csv(String name, byte[] bytes, String said) {
    return new RefusedFile(name, () -> bytes, List.of(), said);
  }

  private static RefusedFile json(String name, byte[] bytes, String said) {
    return new RefusedFile(name, () -> bytes, List.of("inputs.engagements.format=json"), said);
  }

  private static RefusedFile parquet(String name, byte[] bytes, String said) {
    return new RefusedFile(name, () -> bytes, List.of("inputs.engagements.format=parquet"), said);
  }

  private static RefusedFile options(String name, byte[] bytes, String option, String said) {
    return new RefusedFile(
        name, () -> bytes, List.of("inputs.engagements.options={ " + option + " }"), said);
  }

  private static byte[] damaged(byte[] zip) {
    byte[] wrong = zip.clone();
    wrong[wrong.length - 6] ^= 0x55;
    return wrong;
  }
}
