extension Problem {
  var billingWording: Wording? {
    switch self {
    case .billingRow(let reason): Wording("this row can't be used", reason)
    case .priceGap(let what, let from, let to):
      Wording(
        "there is no price for \(what) from \(from) until \(to)", "prices go on here",
        help: "visits of these days wait in the work list; extend the row before, or add one")
    case .priceOverlap(let what, let day):
      Wording(
        "there are two prices for \(what) on \(day)", "the second",
        help: "end the first one's validity the day before")
    case .visitWithoutPrice(let what):
      Wording(
        "no price list has a price for \(what)", "billed by these rules",
        help: "add a row to a price list, or take it from the list")
    case .ruleUnreachable(let name, let reason):
      Wording("the rule `\(name)` never decides", reason, help: "remove it, or move it up")
    case .claimRule(let rule, let reason):
      Wording("\(rule): \(reason)", "here", help: "the receiver would refuse the whole claim")
    case .billingCheck(let name, let reason):
      Wording("\(name): \(reason)", "here", help: "the official rules let this through; Sluss does not")
    default: nil
    }
  }
}
