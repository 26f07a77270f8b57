import FHIRPath

/// A formula about a visit as billing sees it, and how its answer can be had without evaluating it anew.
struct VisitFormula: Sendable {
  /// The ways to an answer, the cheapest first that a formula allows.
  enum Way: Sendable {
    /// Two days, one of them moved by years, are compared.
    case age(AgeCondition)
    /// The answer follows from these facts alone, of which there are few: it is remembered by them.
    case remembered([String])
    /// It is evaluated for each visit.
    case evaluated
  }

  let formula: Formula
  let way: Way
  /// The file and line, for diagnostics.
  let rule: String

  init(_ formula: Formula, _ syntax: FormulaSyntax, rule: String) {
    self.formula = formula
    self.rule = rule
    var facts: Set<String> = []
    if let age = AgeCondition(syntax) {
      way = .age(age)
    } else if syntax.readsOnly(&facts) {
      way = .remembered(facts.sorted())
    } else {
      way = .evaluated
    }
  }
}

extension FormulaSyntax {
  /// The way of members from the document's root, `patient.county`; nil for anything else.
  var factPath: String? {
    switch form {
    case .identifier(let name): name
    case .member(let owner, let name): owner.factPath.map { "\($0).\(name.text)" }
    default: nil
    }
  }

  /// Whether it does nothing but combine single facts that many visits share; adds their paths.
  func readsOnly(_ facts: inout Set<String>) -> Bool {
    if let path = factPath {
      facts.insert(path)
      return !Self.ownFacts.contains(path)
    }
    switch form {
    case .literal: return true
    case .binary, .sign: break
    case .call(let input, let name, let arguments):
      guard Self.plainFunctions[name.text] == arguments.count, input != nil else { return false }
    default: return false
    }
    for part in form.parts where !part.readsOnly(&facts) { return false }
    return true
  }

  /// Functions of their input and arguments alone, with how many arguments they then have.
  private static let plainFunctions = [
    "exists": 0, "empty": 0, "not": 0, "hasValue": 0, "startsWith": 1, "endsWith": 1, "contains": 1,
    "matches": 1, "length": 0, "upper": 0, "lower": 0, "toString": 0, "toInteger": 0, "toDecimal": 0,
  ]

  /// What hardly two visits have in common, and what is more than a single fact.
  private static let ownFacts: Set<String> = [
    "visit", "changedAt", "begins", "patient", "patient.number", "patient.birthDate", "unit", "register",
    "freeCard",
  ]
}
