public import Mapping

/// The keys of `billing/rules.yaml`.
public enum BillingKeys {
  /// The file.
  public static let file = KeyTable(
    "billing's rules",
    [
      KeyDefinition("seller", .block(seller), "Who provided the care and is paid.", isRequired: true),
      KeyDefinition(
        "county-from", .list(of: .choice(["register", "event"])),
        "Where the patient's county is taken from, the first that knows it (register, event)."),
      KeyDefinition(
        "register-messages", .list(of: .text),
        "The mappings whose messages are the population register's answers."),
      KeyDefinition(
        "free-card-messages", .list(of: .text),
        "The mappings whose messages are the answers of the register of free cards."),
      KeyDefinition(
        "sending", .block(sending),
        "The targets of sluss.yaml that closed batches are sent to; nothing is sent without it."),
      KeyDefinition(
        "claim-answer", .block(RouteKeys.answer),
        "What a region's answer over RIV-TA must say; one that says otherwise rejects the claim."),
      KeyDefinition(
        "claim-comment", .text,
        "The formula for what of that answer is kept and shown with the batch: a region's reasons."),
      KeyDefinition("claim", .block(claim), "What all lines of claims say.", isRequired: true),
      KeyDefinition("forms", .list(of: .text), "The forms of visits that are billed.", isRequired: true),
      KeyDefinition(
        "groups", .map(.anyName, .list(of: .text)),
        "The groups of professions that prices know, with the claim's profession codes.", isRequired: true),
      KeyDefinition(
        "complete", .text,
        "The condition under which a visit is over, one way or another; before that nothing is decided.",
        isRequired: true),
      KeyDefinition(
        "not-billed", .map(.anyName, .block(refusal)),
        "Why a visit is not billed: reasons by their codes; the first whose condition holds decides."),
      KeyDefinition(
        "fees", .map(.anyName, .block(fee)),
        "Who pays no fee: reasons by their codes; the first whose condition holds decides."),
      KeyDefinition(
        "fee-deducted", .choice(["owed", "paid", "none"]),
        "What is taken from the price: the fee that is owed, the fee that was paid, or nothing (owed)."),
      KeyDefinition(
        "vat-exemption", .text, "Peppol's code for why care bears no VAT (VATEX-EU-132-1B: public bodies)."),
      KeyDefinition("payment-days", .number, "How many days the debtor has (30)."),
      KeyDefinition("late-months", .number, "How many months after the visit it may be billed (6)."),
      KeyDefinition("accounts", .block(accounts), "The ledger's accounts for SIE vouchers."),
      KeyDefinition("title", .text, "One line for people."),
    ])

  /// `billing/exports.yaml`.
  public static let exports = KeyTable(
    "billing's exports",
    [
      KeyDefinition(
        "csv", .map(TextPattern("^.+$"), .text),
        "The columns: each heading with a field of billing/claim's lines, or of the batch.", isRequired: true),
      KeyDefinition("title", .text, "One line for people."),
    ])

  static let seller = KeyTable(
    "a seller",
    [
      KeyDefinition("county", .text, "Its county code; residents of it are never billed.", isRequired: true),
      KeyDefinition("vat", .text, "Its VAT number, SE and twelve digits.", isRequired: true),
      KeyDefinition("bankgiro", .text, "Where it is paid.", isRequired: true),
      KeyDefinition("contact", .text, "Who answers questions."),
      KeyDefinition("telephone", .text, "Their number."),
      KeyDefinition("email", .text, "Their address."),
    ])

  static let claim = KeyTable(
    "a claim",
    [
      KeyDefinition("agreement", .text, "The chapter of Riksavtalet (R50)."),
      KeyDefinition("type-of-agreement", .text, "1 riksavtal, 2 regionavtal, 3 mellanlänsavtal (R12)."),
      KeyDefinition("type-of-reimbursement", .text, "R14."),
      KeyDefinition("public-care", .boolean, "Whether care is run by the region itself."),
      KeyDefinition(
        "fees-count", .boolean,
        "Whether fees that patients pay count towards a free card where the seller is."),
      KeyDefinition("price-list", .text, "Whose prices they are (R25)."),
      KeyDefinition(
        "medical-field", .text, "The MVO code where the visit tells none (R49).", isRequired: true),
      KeyDefinition("care-level", .text, "R30."),
    ])

  static let sending = KeyTable(
    "sending",
    [
      KeyDefinition("claim", .text, "The target of claims; `{county}` stands for the debtor's county code."),
      KeyDefinition(
        "invoice", .text, "The target of invoices, which go once the claim is accepted; likewise."),
    ])

  static let refusal = KeyTable(
    "a reason not to bill",
    [
      KeyDefinition("when", .text, "The condition, about billing/visit.", isRequired: true),
      KeyDefinition("text", .text, "The reason in words.", isRequired: true),
    ])

  static let fee = KeyTable(
    "a reason to pay no fee",
    [
      KeyDefinition("when", .text, "The condition, about billing/visit.", isRequired: true),
      KeyDefinition("text", .text, "The reason in words.", isRequired: true),
      KeyDefinition("reduction", .text, "The claim's category (R29)."),
    ])

  static let accounts = KeyTable(
    "the accounts",
    [
      KeyDefinition("receivable", .text, "What regions owe.", isRequired: true),
      KeyDefinition("income", .text, "What care brings.", isRequired: true),
      KeyDefinition("series", .text, "The vouchers' series (U)."),
    ])
}

extension TextPattern {
  /// A code of the file's own.
  static let anyName = TextPattern("^[a-z][a-z0-9-]*$")
}
