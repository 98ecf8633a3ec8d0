package io.warmlead.simulate;

import java.util.List;
import java.util.Locale;

/**
 * Every kind of engagement the company logs: its signal, the company's own names for it, and what
 * it does to interest.
 *
 * <p>Columns: raw names, channel, assets; half-life in days (mid-market; {@link
 * Segment#halfLifeFactor} scales it) and mark (jump of interest); share among first signals of a
 * project and among signals that interest begets; chance of a meeting; cost in euro cents.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists are unmodifiable
enum Activity {
  PAGE_VIEW("Viewed Page", "Website", Assets.PAGES, 0.5, 0.25, 0.42, 0.38, 0, 0),
  PRICING_VIEW("Viewed Pricing", "Website", Assets.PRICING, 3.0, 1.0, 0.02, 0.14, 0, 0),
  CASE_STUDY_DOWNLOAD("Downloaded Case Study", "Website", Assets.CASES, 6.0, 0.9, 0.02, 0.08, 0, 0),
  CONTENT_DOWNLOAD(Names.DOWNLOADS, "Website", Assets.PAPERS, 4.0, 0.6, 0.10, 0.12, 0, 0),
  NEWSLETTER_SIGNUP("Newsletter Subscribed", "Website", Assets.NONE, 2.0, 0.4, 0.06, 0, 0, 0),
  SOCIAL_ENGAGEMENT(Names.LINKEDIN, "Social", Assets.POSTS, 0.4, 0.15, 0.12, 0.05, 0, 0),
  AD_CLICK("Clicked Ad", "Paid Search", Assets.ADS, 0.3, 0.15, 0.12, 0.01, 0, 240),
  WEBINAR_ATTENDED(Names.WEBINARS, "Webinar", Assets.NONE, 7.0, 1.0, 0.06, 0.05, 0, 900),
  EVENT_ATTENDED("Visited Booth", "Event", Assets.FAIRS, 10.0, 1.2, 0.03, 0.02, 0, 6_000),
  SIGNUP("Trial Registered", "Product", Assets.NONE, 5.0, 1.2, 0.03, 0.03, 0, 0),
  PRODUCT_USE("Trial Session", "Product", Assets.FEATURES, 2.0, 0.5, 0, 0.07, 0, 0),
  FORM_SUBMIT("Contact Form", "Website", Assets.NONE, 3.5, 1.2, 0.02, 0.02, 0.15, 0),
  DEMO_REQUEST("Demo Requested", "Website", Assets.NONE, 8.0, 2.5, 0, 0.02, 0.45, 0),
  QUOTE_REQUEST("Quote Requested", "Website", Assets.PRICING, 9.0, 3.0, 0, 0.01, 0.35, 0),
  REFERRAL("Referred by Customer", "Referral", Assets.NONE, 20.0, 2.0, 0, 0, 0, 0),
  EMAIL_OPEN("Email Opened", "Email", Assets.MAILS, 0.2, 0.05, 0, 0, 0, 0),
  EMAIL_CLICK("Email Link Clicked", "Email", Assets.MAILS, 1.0, 0.4, 0, 0, 0, 0),
  EMAIL_REPLY("Email Answered", "Email", Assets.NONE, 6.0, 1.2, 0, 0, 0.2, 0),
  OUTREACH_REPLY("LinkedIn Message Answered", "Social", Assets.NONE, 5.5, 1.2, 0, 0, 0.2, 0),
  OUTREACH_SENT("Sequence Email Sent", "Email", Assets.MAILS, 1, 0, 0, 0, 0, 15),
  MESSAGE_SENT("LinkedIn Message Sent", "Social", Assets.NONE, 1, 0, 0, 0, 0, 120),
  CALL("Call Logged", "Phone", Assets.NONE, 6.5, 0, 0, 0, 0, 1_200),
  MEETING("Meeting Held", "Meeting", Assets.NONE, 12.0, 2.0, 0, 0, 0, 7_500),
  UNSUBSCRIBE("Unsubscribed", "Email", Assets.NONE, 1, 0, 0, 0, 0, 0),
  BOUNCE("Email Bounced", "Email", Assets.MAILS, 1, 0, 0, 0, 0, 0),
  UNMAPPED("Chatbot Opened", "Website", Assets.NONE, 1, 0, 0, 0, 0, 0),
  IGNORED("Health Check Ping", "Monitoring", Assets.NONE, 1, 0, 0, 0, 0, 0);

  /** Cached: an enum copies its values on every call. */
  static final List<Activity> ALL = List.of(values());

  /** The company's own names; each occurrence picks one. */
  final List<String> rawNames;

  final String channel;
  final List<String> assets;

  /** Half-life of its effect on interest, days, in the mid-market. */
  final double baseHalfLife;

  /** By how much it raises interest. */
  final double mark;

  /** Share among the signals that a project brings by itself. */
  final double projectShare;

  /** Share among the signals that existing interest begets. */
  final double interestShare;

  /** Chance that a meeting follows. */
  final double meetingChance;

  final int costCents;

  Activity(
      Object rawNames,
      String channel,
      List<String> assets,
      double baseHalfLife,
      double mark,
      double projectShare,
      double interestShare,
      double meetingChance,
      int costCents) {
    this.rawNames = Names.listOf(rawNames);
    this.channel = channel;
    this.assets = assets;
    this.baseHalfLife = baseHalfLife;
    this.mark = mark;
    this.projectShare = projectShare;
    this.interestShare = interestShare;
    this.meetingChance = meetingChance;
    this.costCents = costCents;
  }

  /** Name in the signal catalogue. */
  String signal() {
    return this == MESSAGE_SENT ? OUTREACH_SENT.signal() : name().toLowerCase(Locale.ROOT);
  }

  /** Its place in arrays by activity, as in {@link #ALL}. */
  @SuppressWarnings("EnumOrdinal") // positions are never stored
  int position() {
    return ordinal();
  }

  /** Half-life of its effect on interest in a segment, days. */
  double halfLifeDays(Segment segment) {
    return baseHalfLife * segment.halfLifeFactor;
  }

  /** A high-intent signal that somebody answers: see {@link Response}. */
  boolean isAnswered() {
    return this == FORM_SUBMIT || this == DEMO_REQUEST || this == QUOTE_REQUEST;
  }

  /** A visit, around which more pages are viewed. */
  boolean isVisit() {
    return projectShare + interestShare > 0 && channel.equals("Website");
  }

  /** Rows that a company with little tracking does not have. */
  boolean isPassing() {
    return switch (this) {
      case PAGE_VIEW, SOCIAL_ENGAGEMENT, AD_CLICK, EMAIL_OPEN, PRODUCT_USE -> true;
      default -> false;
    };
  }

  /** First of a project, at a quantile of the shares. */
  static Activity ofProject(double quantile) {
    double rest = quantile;
    for (Activity activity : ALL) {
      rest -= activity.projectShare;
      if (rest < 0) {
        return activity;
      }
    }
    return PAGE_VIEW;
  }

  /** Begotten by interest, at a quantile of the shares. */
  static Activity ofInterest(double quantile) {
    double rest = quantile;
    for (Activity activity : ALL) {
      rest -= activity.interestShare;
      if (rest < 0) {
        return activity;
      }
    }
    return PAGE_VIEW;
  }

  /** Raw names of signals that have more than one. */
  private static final class Names {
    static final List<String> DOWNLOADS =
        List.of("Downloaded Whitepaper", "Downloaded Checklist", "Downloaded Guide");
    static final List<String> LINKEDIN =
        List.of("LinkedIn Reaction", "LinkedIn Comment", "LinkedIn Share");
    static final List<String> WEBINARS =
        List.of("Webinar attended: Forecasts That Hold", "Webinar attended: First 90 Days");

    static List<String> listOf(Object names) {
      return names instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of(String.valueOf(names));
    }
  }

  /** What the company shows; names with a comma make the export quote them. */
  private static final class Assets {
    static final List<String> NONE = List.of("");
    static final List<String> PAGES =
        List.of(
            "/", "/product", "/blog/forecasting", "/blog/pipeline-review", "/about", "/careers");
    static final List<String> PRICING = List.of("/pricing", "/pricing/enterprise");
    static final List<String> CASES =
        List.of("\"Northwind, Inc.: Forecast in a Day\"", "Hafen Logistik", "Clinica Sole");
    static final List<String> PAPERS =
        List.of("Buyer's Guide", "\"Leads, Warm and Hot\"", "Pipeline Checklist");
    static final List<String> POSTS = List.of("Post: Team", "Post: Release", "Post: Study");
    static final List<String> ADS = List.of("Ad: Brand", "Ad: Competitor", "Ad: Problem");
    static final List<String> FAIRS = List.of("Hannover Fair", "Revenue Days");
    static final List<String> FEATURES = List.of("Import", "Dashboard", "Invite Colleague");
    static final List<String> MAILS = List.of("Mail 1", "Mail 2", "Mail 3", "Mail 4");
  }
}
