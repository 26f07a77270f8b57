/// What becomes of a batch once it is closed, in the words that events have.
public enum BatchState {
  /// Finance wants it sent.
  public static let toSend = "to-send"
  /// Its claim waits in the outbox, or is on its way.
  public static let sending = "sending"
  /// The debtor's system has the claim, and says nothing of whether it is right.
  public static let sent = "sent"
  /// The debtor has accepted the claim.
  public static let accepted = "accepted"
  /// The debtor refuses the claim, or it can't be sent, for the event's reason.
  public static let rejected = "rejected"
  /// Its invoice waits in the outbox, or is on its way.
  public static let invoicing = "invoicing"
  /// The invoice has arrived.
  public static let invoiced = "invoiced"
  /// The invoice can't be sent, for the event's reason.
  public static let invoiceRejected = "invoice-rejected"
  /// It was paid, or a part of it.
  public static let paid = "paid"
  /// The debtor refuses one line: its number and the reason. The batch's state stays as it is.
  public static let lineRejected = "line-rejected"
  /// What the debtor's answer to the claim remarks. The batch's state stays as it is.
  public static let comment = "comment"

  /// What a person may note.
  static let byHand = [sent, accepted, rejected]
}
