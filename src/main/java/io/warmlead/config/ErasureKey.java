package io.warmlead.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The secret that turns ids of erased persons into codes, HMAC-SHA-256 (RFC 2104), so that a list
 * of codes tells nobody who they are. It lies outside the lake and never shows in a text.
 */
public final class ErasureKey {
  private static final int BLOCK = 64;
  private static final int SHORTEST = 16;

  private final byte[] secret;

  private ErasureKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads a key.
   *
   * @param lake folder of the lake's own files
   * @throws SettingsException when the file is missing, short, or lies in the lake
   */
  public static ErasureKey read(String file, String lake) {
    Path path = new Path(file);
    try {
      FileSystem files = path.getFileSystem(new Configuration());
      String place = files.makeQualified(path).toString();
      Path root = new Path(lake).getParent();
      String tables = root.getFileSystem(new Configuration()).makeQualified(root).toString();
      if (place.startsWith(tables + "/")) {
        throw new SettingsException(
            "erase.key_file = "
                + file
                + ": lies in the lake itself. Keep it where readers of the"
                + " lake have no access.");
      }
      try (FSDataInputStream in = files.open(path)) {
        return of(file, in.readAllBytes());
      }
    } catch (FileNotFoundException e) {
      throw new SettingsException(
          "erase.key_file = " + file + ": there is no such file. " + ADVICE);
    } catch (IOException e) {
      throw new SettingsException(
          "erase.key_file = " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** How to make one. */
  public static final String ADVICE =
      "Make one that only the runs can read, keep a copy, and never change it: head -c 32"
          + " /dev/urandom | base64 > FILE; chmod 600 FILE.";

  private static ErasureKey of(String file, byte[] content) {
    byte[] secret =
        new String(content, java.nio.charset.StandardCharsets.ISO_8859_1)
            .strip()
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    if (secret.length < SHORTEST) {
      throw new SettingsException(
          "erase.key_file = "
              + file
              + ": holds "
              + secret.length
              + " bytes, at least "
              + SHORTEST
              + " are needed. "
              + ADVICE);
    }
    return new ErasureKey(secret);
  }

  /** Code of an id, 64 hexadecimal digits. */
  public String code(String id) {
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmacHex(id);
  }

  /** What looks like a code, and no id has: by a secret that is forgotten at once. */
  public static String codeOfNobody() {
    byte[] forgotten = new byte[BLOCK];
    new SecureRandom().nextBytes(forgotten);
    return new ErasureKey(forgotten).code("");
  }

  /** What the inner digest begins with. */
  public byte[] inner() {
    return pad((byte) 0x36);
  }

  /** What the outer digest begins with. */
  public byte[] outer() {
    return pad((byte) 0x5c);
  }

  @Override
  public String toString() {
    return "the erasure key";
  }

  private byte[] pad(byte filling) {
    byte[] key = secret.length > BLOCK ? DigestUtils.sha256(secret) : secret;
    byte[] pad = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      pad[i] ^= filling;
    }
    return pad;
  }
}
