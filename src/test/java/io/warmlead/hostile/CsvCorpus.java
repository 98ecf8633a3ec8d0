package io.warmlead.hostile;

import static io.warmlead.hostile.HostileFile.HEADER;
import static io.warmlead.hostile.HostileFile.TIME;
import static io.warmlead.hostile.HostileFile.csv;
import static io.warmlead.hostile.HostileFile.file;
import static io.warmlead.hostile.HostileFile.gzip;
import static io.warmlead.hostile.HostileFile.in;
import static io.warmlead.hostile.HostileFile.joined;
import static io.warmlead.hostile.HostileFile.line;
import static io.warmlead.hostile.HostileFile.text;
import static io.warmlead.hostile.HostileFile.utf8;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** CSV files that can be read, however ugly, each with the fate of its rows. */
final class CsvCorpus {
  /** Uncompressed size of the archive that grows when it is opened. */
  static final int BOMB_BYTES = 16 << 20;

  private static final String MEBIBYTE = "x".repeat(1 << 20);

  private CsvCorpus() {}

  /** Endings, quotes, marks and broken lines. */
  static List<HostileFile> shapes() {
    String two = line("%1$s-1") + "%2$s" + line("%1$s-2");
    return List.of(
        text("byte-order-mark.csv", 2, 0, "\uFEFF" + HEADER + "\n" + two.formatted("bom", "\n")),
        text("crlf.csv", 2, 0, HEADER + "\r\n" + two.formatted("crlf", "\r\n") + "\r\n"),
        text("lone-cr.csv", 2, 0, HEADER + "\r" + two.formatted("cr", "\r") + "\r"),
        text("mixed-endings.csv", 2, 0, HEADER + "\r\n" + two.formatted("mixed", "\n") + "\r\n"),
        text("no-last-newline.csv", 2, 0, HEADER + "\n" + two.formatted("no-newline", "\n")),
        text("blank-lines.csv", 2, 0, HEADER + "\n\n" + two.formatted("blank", "\n\n\n") + "\n\n"),
        csv("quoted-quotes.csv", 1, 0, "quotes-1," + TIME + ",\"said \"\"buy, now\"\"\""),
        csv("bare-quotes.csv", 1, 0, "quotes-2," + TIME + ",5\" screen"),
        csv("empty-quotes.csv", 0, 1, "quotes-3," + TIME + ",\"\""),
        csv(
            "unterminated-quote.csv",
            3,
            0,
            line("open-1"),
            "open-2," + TIME + ",\"page",
            line("open-3")),
        csv(
            "ragged.csv",
            1,
            3,
            line("ragged-1"),
            "ragged-2",
            "ragged-3," + TIME,
            line("ragged-4") + ",more"),
        csv("only-commas.csv", 1, 1, ",,", line("commas-1")),
        csv("semicolons.csv", 1, 1, "semicolon;" + TIME + ";page_view", line("semicolon-1")),
        text("empty.csv", 0, 0, ""),
        text("header-only.csv", 0, 0, HEADER + "\n"),
        text("header-without-newline.csv", 0, 0, HEADER),
        text("swapped-header.csv", 1, 0, "event,lead_id,occurred_at\npage_view,swapped-1," + TIME),
        text("doubled-header.csv", 1, 0, HEADER + ",note,note\n" + line("doubled-1") + ",a,b"),
        text("case-doubled-header.csv", 1, 0, HEADER + ",Note,note\n" + line("doubled-2") + ",a,b"),
        text("blank-header.csv", 1, 0, HEADER + ",,\n" + line("blank-header-1") + ",a,b"),
        text(
            "odd-header.csv",
            1,
            0,
            HEADER + ",a.b,tick`s,sp ace,\"q\"\"q\"\n" + line("odd-1") + ",1,2,3,4"),
        text("own-header.csv", 1, 0, HEADER + ",_metadata,__v,raw\n" + line("own-1") + ",1,2,3"),
        text("repeated-header.csv", 1, 1, HEADER + "\n" + HEADER + "\n" + line("repeated-1")),
        file(
            "latin-1.csv",
            in(
                StandardCharsets.ISO_8859_1,
                HEADER
                    + "\nM\u00fcller,"
                    + TIME
                    + ",page_view\nM\u00e4ller,"
                    + TIME
                    + ",page_view\nlatin-1,"
                    + TIME
                    + ",caf\u00e9\n"),
            1,
            2),
        file(
            "cut-in-a-character.csv",
            joined(utf8(HEADER + "\ncut-1," + TIME + ",caf"), new byte[] {(byte) 0xC3}),
            1,
            0),
        file(
            "two-gzip-members.csv.gz",
            joined(
                gzip(utf8(HEADER + "\n" + line("member-1") + "\n")),
                gzip(utf8(line("member-2") + "\n"))),
            2,
            0),
        file("empty-gzip.csv.gz", gzip(new byte[0]), 0, 0),
        text("folder.csv/inside.csv", 1, 0, HEADER + "\n" + line("inside-1")),
        text(
            "we'ird {a,b} [x] 50%25 +plus #1 ?q=ü.csv",
            1, 1, HEADER + "\n" + line("named-1") + "\nnamed-2,,"));
  }

  /** Cells that are something else than they should be. */
  static List<HostileFile> cells() {
    return List.of(
        csv("nul.csv", 2, 0, line("nul-1"), "z".repeat(9_000) + "\0," + TIME + ",page_view"),
        csv("long-id.csv", 1, 0, line("i".repeat(10_000))),
        csv(
            "ids.csv",
            11,
            0,
            line("\uD83E\uDD84\uD83D\uDC69\u200D\uD83D\uDCBB"),
            line("../../etc/passwd"),
            line("file:///etc/passwd"),
            line("'; DROP TABLE leads; --"),
            line("\"\"\" OR 1=1 #\""),
            line("${jndi:ldap://x}"),
            line("\u202Eevil"),
            line("\u200Bthin"),
            line("%00"),
            line("NULL"),
            line("`tick`\\back")),
        csv(
            "twins.csv",
            5,
            0,
            line("Twin"),
            line("twin"),
            line("tw\u00EDn"),
            line("twi\u0301n"),
            line("twin ")),
        csv(
            "formulas.csv",
            4,
            0,
            line("=HYPERLINK(\"http://x\")").replace("\"", ""),
            line("@SUM(1+1)"),
            line("+1-1"),
            line("-2+3|cmd")),
        csv("blank-ids.csv", 0, 3, line(""), line("   "), line("\"\"")),
        csv("dates.csv", 5, 12, dates()),
        text("values.csv", 6, 9, HEADER + ",value\n" + values()),
        csv("rtl.csv", 1, 0, "rtl-1," + TIME + ",\u05D1\u05D9\u05E7\u05D5\u05E8 \u202Epage\u202C"),
        csv(
            "unit-separators.csv",
            2,
            0,
            "sep\u001fevent=a," + TIME + ",b",
            "sep," + TIME + ",a\u001fevent=b"),
        new HostileFile(
            "same-twice-0.csv",
            () -> utf8(HEADER + "\n" + line("same") + "\n" + line("same")),
            2,
            2,
            0),
        new HostileFile(
            "same-twice-1.csv",
            () -> utf8(HEADER + "\n" + line("same") + "\n" + line("same")),
            2,
            0,
            0));
  }

  /** Files that are large, or become so. */
  static List<HostileFile> large() {
    byte[] start = utf8(HEADER + "\n" + line("bomb-1") + "\nbomb-2," + TIME + ",");
    byte[] rest = new byte[BOMB_BYTES];
    java.util.Arrays.fill(rest, (byte) 'b');
    return List.of(
        csv("large-event.csv", 1, 0, "large-1," + TIME + "," + MEBIBYTE),
        csv("large-id.csv", 1, 0, line("large" + MEBIBYTE)),
        csv("large-bad-cell.csv", 0, 1, "large-2," + MEBIBYTE + ",page_view"),
        text("large-attribute.csv", 1, 0, HEADER + ",note\n" + line("large-3") + "," + MEBIBYTE),
        text(
            "a-thousand-columns.csv",
            1,
            0,
            HEADER + ",c".repeat(1_000) + "\n" + line("wide-1") + ",v".repeat(1_000)),
        file("bomb.csv.gz", gzip(joined(start, rest)), 2, 0));
  }

  private static String[] dates() {
    return java.util.stream.Stream.of(
            // Good: the last leap day, seconds, milliseconds, an offset, a date.
            "2024-02-29",
            "1767225600",
            "1767225600123",
            "2026-01-01T23:59:60+00:00".replace(":60", ":59"),
            "2026-01-02",
            // Not dates, or not of business.
            "2025-02-29",
            "2026-13-01",
            "2026-04-31T08:00:00Z",
            "1900-01-01",
            "9999-12-31T23:59:59Z",
            "0000-00-00",
            "294247-01-10T04:00:54Z",
            "-0001-01-01",
            "17672256001234567",
            "NaN",
            "Infinity",
            "01/02/2026")
        .map(date -> "date " + date.replace(',', ' ') + "," + date + ",page_view")
        .toArray(String[]::new);
  }

  private static String values() {
    StringBuilder lines = new StringBuilder();
    for (String value :
        List.of(
            "0",
            "-0",
            "-0.0",
            "1e-999",
            "99999999999999",
            "1E3",
            "NaN",
            "1e999",
            "Infinity",
            "-Infinity",
            "100000000000000",
            "1e2147483647",
            "0x10",
            "1 000",
            "twelve")) {
      lines.append(line("value " + value)).append(',').append(value).append('\n');
    }
    return lines.toString();
  }
}
