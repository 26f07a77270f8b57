import Diagnostics
import Testing

@testable import FHIRPath

@Suite struct SyntaxTests {
  @Test(
    "Operators bind as tightly as section 6.8 says",
    arguments: [
      ("1 + 2 * 3", "(1 + (2 * 3))"),
      ("1 - 2 - 3", "((1 - 2) - 3)"),
      ("-a.b * 2", "((-a.b) * 2)"),
      ("a + b is Integer", "((a + b) is Integer)"),
      ("a | b < c", "((a | b) < c)"),
      ("a is X | b", "((a is X) | b)"),
      ("a < b = c > d", "((a < b) = (c > d))"),
      ("a = b in c", "((a = b) in c)"),
      ("a in b and c", "((a in b) and c)"),
      ("a or b and c", "(a or (b and c))"),
      ("a xor b or c", "((a xor b) or c)"),
      ("a implies b or c", "(a implies (b or c))"),
      ("a implies b implies c", "((a implies b) implies c)"),
      ("a & b = c & d", "((a & b) = (c & d))"),
      ("(a or b) and c", "((a or b) and c)"),
      ("a.b[0].c(1, $this)[1 + 2]", "a.b[0].c(1, $this)[(1 + 2)]"),
      ("a.contains(b) contains c", "(a.contains(b) contains c)"),
      ("`a b`.`is` // rest", "a b.is"),
      ("PID.3.4.2 = a", "(PID.3.4.2 = a)"),
      ("PID.3.first().1[0]", "PID.3.first().1[0]"),
      ("%id /* the id */ & %`x y`", "(%id & %x y)"),
    ])
  func precedence(text: String, tree: String) throws {
    #expect(try FormulaSyntax.parse(text).outline == tree)
  }

  @Test(
    "Literals are read as section 4.1 says",
    arguments: [
      ("'it\\'s \\u00e5 \\\\'", Literal.string("it's å \\")),
      ("'\\uD83D\\uDE00'", .string("😀")),
      ("12", .integer(12)), ("12.50", .decimal("12.50")), ("true", .boolean(true)), ("{ }", .empty),
      ("@2026-11-21", .date("2026-11-21")), ("@2026-11", .date("2026-11")), ("@2026T", .dateTime("2026")),
      ("@2026-11-21T10:15:00.123+01:00", .dateTime("2026-11-21T10:15:00.123+01:00")),
      ("@2026-11-21T10Z", .dateTime("2026-11-21T10Z")), ("@T10:15", .time("10:15")),
      ("4 days", .duration("4", .day)), ("1.5 'mg'", .quantity("1.5", unit: "mg")),
    ])
  func literals(text: String, literal: Literal) throws {
    #expect(try FormulaSyntax.parse(text).form == .literal(literal))
  }

  @Test("Every part keeps its place")
  func ranges() throws {
    let syntax = try FormulaSyntax.parse("`å`.first() & 'b'")
    #expect(syntax.range == 0..<17)
    #expect(syntax.form.parts.map(\.range) == [0..<11, 14..<17])
  }

  @Test(
    "What can't be read is refused at its place",
    arguments: [
      "a = «»", "a «b»", "a.«»", "«'abc»", "(a«»", "a[1«»", "f(a«}»",
      "a and «and» b",
      "«@2026-13»", "«@T25»", "«#»", "a + «*» b", "«$that»", "«%»", "«99999999999999999999»",
      "'«\\q»'",
      "a «/*» b",
    ])
  func refused(text: String) {
    let (formula, range) = marked(text)
    let fault = #expect(throws: FormulaFault.self, "\(formula)") { try FormulaSyntax.parse(formula) }
    guard case .formulaSyntax = fault?.problem else {
      Issue.record("not a fault of syntax: \(String(describing: fault))")
      return
    }
    #expect(fault?.range == range, "\(formula)")
  }

  @Test(
    "Hostile depth is refused",
    arguments: [
      String(repeating: "(", count: 20_000), String(repeating: "-", count: 20_000) + "1",
      String(repeating: "a.", count: 20_000) + "a", "1" + String(repeating: "+1", count: 20_000),
      String(repeating: "f(", count: 20_000), "a" + String(repeating: "[a", count: 20_000),
      "a" + String(repeating: " = (a", count: 20_000),
    ])
  func depth(text: String) {
    #expect(throws: FormulaFault.self) { try FormulaSyntax.parse(text) }
  }
}

extension FormulaSyntax {
  /// The tree with all its parentheses.
  fileprivate var outline: String {
    switch form {
    case .literal(.integer(let value)): String(value)
    case .literal(let literal): "\(literal)"
    case .identifier(let name): name
    case .variable(let name): "%" + name
    case .this: "$this"
    case .index: "$index"
    case .total: "$total"
    case .member(let input, let name): input.outline + "." + name.text
    case .call(let input, let name, let arguments):
      (input.map { $0.outline + "." } ?? "") + name.text + "("
        + arguments.map(\.outline).joined(separator: ", ") + ")"
    case .indexer(let input, let index): input.outline + "[" + index.outline + "]"
    case .sign(let isNegative, let operand): "(" + (isNegative ? "-" : "+") + operand.outline + ")"
    case .binary(let binary, let left, let right): "(\(left.outline) \(binary.rawValue) \(right.outline))"
    case .type(let asked, let operand, let type): "(\(operand.outline) \(asked.rawValue) \(type.text))"
    }
  }
}
