import Delivery
import Diagnostics
import FHIRPath
import Mapping

/// Looks into answers whose status counts as delivered, as their route says.
struct AnswerJudgement: Sendable {
  let rule: AnswerRule
  let library: MappingLibrary

  /// What an answer means for the delivery; its own words stay out of it, since they may quote the document. One that
  /// can't be read, or says nothing, is no answer: the delivery is sent again.
  func outcome(of answer: [UInt8]) -> SinkOutcome {
    do {
      let document = try FormulaDocument(
        SOAPContent.document(in: answer) ?? answer, named: "answer", shape: rule.shape,
        now: Timestamp.text(milliseconds: Timestamp.now()), library: library)
      guard let isDelivered = try document.truth(of: rule.delivered) else {
        return .busy(problem: "the target's answer does not say whether it took it")
      }
      if isDelivered { return .delivered }
      if let retry = rule.retry, try document.truth(of: retry) == true {
        return .busy(problem: "the target's answer says that it can't take it now")
      }
      return .refused(problem: "the target's answer says that it does not take it")
    } catch {
      return .busy(problem: "the target's answer can't be read")
    }
  }
}

extension FormulaDocument {
  /// What a condition gives; `nil` for nothing, and for what is neither true nor false.
  fileprivate func truth(of formula: Formula) throws(FormulaFault) -> Bool? {
    let answers = try evaluate(formula)
    guard answers.count == 1, let text = answers.first?.text else { return nil }
    return Bool(text)
  }
}
