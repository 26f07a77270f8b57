import Billing
import Cryptography
import FHIRPath
import Mapping
import Store

/// Keeps with its batch what a region's answer to a claim remarks, such as the report of the checks that refused it.
///
/// It may quote the claim, hence stands with billing's own records and nowhere else.
struct ClaimComments: Sendable {
  let current: CurrentMappings
  let store: any BillingStore

  /// Longer ones are cut: a report has a line for each line of the claim.
  private static let most = 4000

  /// Notes an answer's comment, if it has one. What can't be noted now is lost: the answer's outcome is not.
  /// - Parameter key: the delivery's.
  func hear(_ key: String, _ answer: [UInt8]) {
    guard let text = comment(of: answer), let claim = Self.claim(ofDelivery: key),
      let batch = try? store.billingBatches().first(where: { $0.claim == claim })
    else { return }
    let digest = SHA256.digest(of: Array(text.utf8)).hexadecimal
    let event = BillingEvent(
      batch: batch.number, state: BatchState.comment, detail: text, amount: 0, made: Timestamp.now(),
      key: "comment:\(batch.number):\(digest)")
    store.note([event]) { _ in }
  }

  private func comment(of answer: [UInt8]) -> String? {
    let served = current.served
    guard let rules = served.billing, let formula = rules.claimComment,
      let document = try? FormulaDocument(
        SOAPContent.document(in: answer) ?? answer, named: "answer", shape: rules.claimAnswer?.shape,
        now: Timestamp.text(milliseconds: Timestamp.now()), library: served.library),
      let text = try? document.evaluate(formula).first?.text, !text.isEmpty
    else { return nil }
    return String(text.prefix(Self.most))
  }

  /// The claim's id of `billing.ZVF….claim`.
  private static func claim(ofDelivery key: String) -> String? {
    let parts = key.split(separator: ".")
    return parts.count == 3 && parts[0] == "billing" ? String(parts[1]) : nil
  }
}
