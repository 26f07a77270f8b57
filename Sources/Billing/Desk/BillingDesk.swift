public import Mapping
public import Store

/// Where finance's wishes are answered, over the command line or the gateway's routes. One thread at a time may use
/// it.
public struct BillingDesk {
  let rules: BillingRules
  let library: MappingLibrary
  let store: any BillingStore & KeptStore
  /// Milliseconds since 1970, UTC.
  let now: Int64

  /// A desk.
  /// - Parameter now: milliseconds since 1970, UTC.
  public init(
    _ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore & KeptStore, now: Int64
  ) {
    self.rules = rules
    self.library = library
    self.store = store
    self.now = now
  }

  /// What comes of a wish.
  /// - Parameters:
  ///   - progress: hears of how many records or visits a part is done.
  ///   - export: gets each batch's number and claim once it is closed, so that none has to be made twice; on several
  ///     threads at once.
  /// - Throws: a ``BillingRefusal``, a `DiagnosticError` or `Diagnostic`, or a ``StoreError``.
  public func answer(
    to wish: BillingWish, progress: @escaping @Sendable (Int) -> Void = { _ in },
    export: @escaping @Sendable (Int64, [UInt8]) throws -> Void = { _, _ in }
  ) throws -> BillingAnswer {
    switch wish.action {
    case .preview: try close(wish, isPreview: true, progress, export)
    case .close: try close(wish, isPreview: false, progress, export)
    case .open: try open()
    case .list: try list()
    case .show: try show(wish)
    case .reopen: try reopen(wish)
    case .send: try send(wish)
    case .work: try work()
    case .explain: try explain(wish)
    case .reprice: try reprice(progress)
    case .pay: try pay(wish)
    case .status: try status(wish)
    case .reconcile: try reconcile(wish)
    }
  }

  /// The first word as a number.
  func number(_ wish: BillingWish, _ what: String) throws -> Int64 {
    guard let word = wish.words.first else { throw BillingRefusal.unclear("\(what) is needed.") }
    guard let number = Int64(word) else { throw BillingRefusal.nothing("there is no `\(word)`.") }
    return number
  }

  func batch(_ wish: BillingWish) throws -> StoredBillingBatch {
    let number = try number(wish, "a batch's number")
    guard let batch = try store.billingBatch(number) else {
      throw BillingRefusal.nothing("there is no batch `\(number)`.")
    }
    return batch
  }

  /// The day of issue: today in Sweden unless told otherwise.
  func issued(_ wish: BillingWish) throws -> CalendarDay {
    guard let today = CalendarDay(inSwedenAt: now),
      let day = wish.options["issued"].map({ CalendarDay($0) }) ?? today, day <= today
    else {
      throw BillingRefusal.unclear("the day of issue is one such as 2026-11-21, not in the future (ÖR2).")
    }
    return day
  }
}
