import Billing
import Foundation
import Gateway
import Mapping
import Store

// Billing messages' visits by hand, as a running gateway does it by itself.
extension BillingRun {
  func record() throws -> Int32 {
    let place = try StoreBilling(arguments)
    let name = try arguments.required("--from")
    let source = try place.library.mapping(name)
    let translator = Translator(place.library)
    let billing = VisitBilling(place.rules, place.library, place.store, pseudonym: place.pseudonym)
    let time = ISO8601DateFormatter().string(from: Date())
    for file in arguments.words.dropFirst() {
      try translator.read(
        try Input.read(file), as: source, named: file,
        receipt: Receipt(received: time, id: UUID().uuidString))
      let news =
        if let register = billing.register(of: name) {
          try billing.news(
            ofRegister: try translator.write(as: try place.library.mapping(register)),
            told: Self.now, now: Self.now)
        } else {
          try billing.news(
            of: try translator.write(as: try place.library.mapping(VisitBilling.mapping)), now: Self.now)
        }
      try store(news, in: place.store)
      let visits = news.changes.map(\.visit).joined(separator: ", ")
      print("\(file): \(visits.isEmpty ? "nothing changes" : "visit \(visits)")")
    }
    return 0
  }

  private func store(_ news: BillingNews, in store: any BillingStore) throws {
    guard !news.isEmpty else { return }
    try settled { store.change(news.changes, kept: news.kept, completion: $0) }
  }
}
