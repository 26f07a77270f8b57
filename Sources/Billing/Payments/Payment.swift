/// A payment that a bank told of.
public struct Payment: Sendable, Equatable {
  /// What the payer gave as reference.
  public let reference: String
  /// How much.
  public let amount: Money
  /// What makes it one: the same payment in a file that is read again has the same.
  public let key: String
}

/// Reads payments from a bank's file: BgMax, or a table with the columns `reference`, `amount` and `key`.
public enum PaymentFile {
  /// The payments; nil when the file is none of them.
  public static func read(_ bytes: [UInt8]) -> [Payment]? {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasPrefix("01BGMAX") ? bgMax(text) : table(bytes)
  }

  /// Bankgirot's BgMax, lines of 80 characters: 20 is a payment and 21 a deduction, with the reference in 13–37, the
  /// amount in öre in 38–55 and the serial number in 58–69; 22 and 23 tell the references of the one before in its
  /// place, 23 those that are deducted; 15 ends a deposit, with its day in 38–45; 70 ends the file. The positions are
  /// those of an independent reader, Fribok's `BgMaxFile`; Bankgirot's own manual was not at hand.
  private static func bgMax(_ text: String) -> [Payment]? {
    var payments: [Payment] = []
    var waiting: [BgMaxPayment] = []
    for line in text.split(whereSeparator: \.isNewline).map(BgMaxLine.init) {
      switch line.code {
      case "20", "21":
        guard let part = line.part(isDeducted: line.code == "21") else { return nil }
        waiting.append(BgMaxPayment(whole: part))
      case "22", "23":
        guard let part = line.part(isDeducted: line.code == "23"), !waiting.isEmpty else { return nil }
        waiting[waiting.count - 1].references.append(part)
      case "15":
        payments += waiting.flatMap { $0.payments(on: line[38...45]) }
        waiting = []
      default: break
      }
    }
    return waiting.isEmpty ? payments : nil
  }

  private static func table(_ bytes: [UInt8]) -> [Payment]? {
    guard let rows = FinanceTable.read(bytes) else { return nil }
    var payments: [Payment] = []
    for row in rows {
      guard let reference = row["reference"], let amount = row["amount"].flatMap(FinanceTable.money),
        let key = row["key"]
      else { return nil }
      payments.append(Payment(reference: reference, amount: amount, key: "table:\(key)"))
    }
    return payments
  }
}

/// A line of BgMax.
private struct BgMaxLine {
  private let characters: [Character]

  init(_ line: Substring) {
    characters = Array(line)
  }

  /// Which kind of line it is.
  var code: String { self[1...2] }

  /// The characters at positions, which begin with 1; empty where the line is too short.
  subscript(positions: ClosedRange<Int>) -> String {
    guard characters.count >= positions.upperBound else { return "" }
    return String(characters[(positions.lowerBound - 1)..<positions.upperBound])
  }

  /// Nil when the amount is none.
  func part(isDeducted: Bool) -> BgMaxPayment.Part? {
    guard let öre = Int64(self[38...55]) else { return nil }
    return BgMaxPayment.Part(
      reference: self[13...37].filter { $0 != " " }, amount: Money(öre: isDeducted ? -öre : öre),
      serial: self[58...69])
  }
}

/// A payment, perhaps for several references.
private struct BgMaxPayment {
  struct Part {
    let reference: String
    let amount: Money
    let serial: String
  }

  let whole: Part
  var references: [Part] = []

  func payments(on day: String) -> [Payment] {
    guard !references.isEmpty else {
      return [Payment(reference: whole.reference, amount: whole.amount, key: "bgmax:\(day):\(whole.serial)")]
    }
    return references.enumerated().map { index, part in
      Payment(
        reference: part.reference, amount: part.amount, key: "bgmax:\(day):\(whole.serial):\(index + 1)")
    }
  }
}
