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

  /// Bankgirot's BgMax, lines of 80 characters: 20 is a payment, with its reference in 13–37, its amount in öre in 38–55
  /// and its serial number in 58–69; 15 ends a deposit, with its day in 38–45; 70 ends the file.
  private static func bgMax(_ text: String) -> [Payment]? {
    var payments: [Payment] = []
    var waiting: [(reference: String, amount: Money, serial: String)] = []
    for line in text.split(whereSeparator: \.isNewline).map({ Array($0) }) where line.count >= 2 {
      func part(_ range: ClosedRange<Int>) -> String {
        line.count < range.upperBound ? "" : String(line[(range.lowerBound - 1)..<range.upperBound])
      }
      switch part(1...2) {
      case "20":
        guard let öre = Int64(part(38...55)) else { return nil }
        waiting.append((part(13...37).filter { $0 != " " }, Money(öre: öre), part(58...69)))
      case "15":
        let day = part(38...45)
        payments += waiting.map {
          Payment(reference: $0.reference, amount: $0.amount, key: "bgmax:\(day):\($0.serial)")
        }
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
