/// A batch as a voucher of SIE 4I, for the ledger: code page 437, no patient data, debit and credit of equal size.
struct SIEExport {
  func bytes(_ batch: BatchDocument) -> [UInt8] {
    let terms = batch.terms
    let seller = terms.seller.region
    let total = batch.isCredit ? -batch.total : batch.total
    let text = "Utomlänsvård \(batch.buyer.county) \(batch.invoiceNumber)"
    let lines = [
      "#FLAGGA 0",
      "#PROGRAM \"Sluss\" \"1\"",
      "#FORMAT PC8",
      "#GEN \(batch.issued.compact)",
      "#SIETYP 4",
      "#ORGNR \(seller.organisation.prefix(6))-\(seller.organisation.suffix(4))",
      "#FNAMN \(Self.quoted(seller.name))",
      "#KONTO \(terms.receivable) \"Fordringar utomlänsvård\"",
      "#KONTO \(terms.income) \"Intäkter utomlänsvård\"",
      "#VER \(Self.quoted(terms.series)) \(batch.number) \(batch.issued.compact) \(Self.quoted(text))",
      "{",
      "#TRANS \(terms.receivable) {} \(total)",
      "#TRANS \(terms.income) {} \(-total)",
      "}",
    ]
    return CodePage437.encode(lines.map { $0 + "\r\n" }.joined())
  }

  /// Control characters are left out; quotes stand behind a backslash.
  private static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.filter { $0.value >= 0x20 }
    return "\"" + String(String.UnicodeScalarView(plain)).replacing("\"", with: "\\\"") + "\""
  }
}

/// IBM's code page 437, of which SIE's texts need the letters.
enum CodePage437 {
  /// A character that it lacks becomes `?`.
  static func encode(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
      scalar.isASCII ? UInt8(scalar.value) : letters[scalar] ?? UInt8(ascii: "?")
    }
  }

  private static let letters: [Unicode.Scalar: UInt8] = {
    let row8 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑ"
    return Dictionary(
      zip(row8.unicodeScalars, (0x80 as UInt8)...0xA5).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first })
  }()
}
