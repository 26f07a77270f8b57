/// The functions of the specification that there are; everything about one is in the file of its name.
enum Function: String, BitwiseCopyable, CaseIterable {
  case exists
  case empty
  case not
  case count
  case first
  case last
  case tail
  case skip
  case take
  case single
  case `where`
  case select
  case all
  case anyTrue
  case allTrue
  case anyFalse
  case allFalse
  case iif
  case length
  case substring
  case startsWith
  case endsWith
  case contains
  case upper
  case lower
  case replace
  case indexOf
  case trim
  case toString
  case toInteger
  case toDecimal
  case distinct
  case isDistinct
  case join
  case split
  case combine
  case union

  /// What the checker and the documentation need to know.
  var definition: any FunctionDefinition.Type {
    switch self {
    case .exists: ExistsFunction.self
    case .empty: EmptyFunction.self
    case .not: NotFunction.self
    case .count: CountFunction.self
    case .first: FirstFunction.self
    case .last: LastFunction.self
    case .tail: TailFunction.self
    case .skip: SkipFunction.self
    case .take: TakeFunction.self
    case .single: SingleFunction.self
    case .where: WhereFunction.self
    case .select: SelectFunction.self
    case .all: AllFunction.self
    case .anyTrue: AnyTrueFunction.self
    case .allTrue: AllTrueFunction.self
    case .anyFalse: AnyFalseFunction.self
    case .allFalse: AllFalseFunction.self
    case .iif: IifFunction.self
    case .length: LengthFunction.self
    case .substring: SubstringFunction.self
    case .startsWith: StartsWithFunction.self
    case .endsWith: EndsWithFunction.self
    case .contains: ContainsFunction.self
    case .upper: UpperFunction.self
    case .lower: LowerFunction.self
    case .replace: ReplaceFunction.self
    case .indexOf: IndexOfFunction.self
    case .trim: TrimFunction.self
    case .toString: ToStringFunction.self
    case .toInteger: ToIntegerFunction.self
    case .toDecimal: ToDecimalFunction.self
    case .distinct: DistinctFunction.self
    case .isDistinct: IsDistinctFunction.self
    case .join: JoinFunction.self
    case .split: SplitFunction.self
    case .combine: CombineFunction.self
    case .union: UnionFunction.self
    }
  }

  func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    switch self {
    case .exists: try ExistsFunction.evaluate(call, in: &run)
    case .empty: try EmptyFunction.evaluate(call, in: &run)
    case .not: try NotFunction.evaluate(call, in: &run)
    case .count: try CountFunction.evaluate(call, in: &run)
    case .first: try FirstFunction.evaluate(call, in: &run)
    case .last: try LastFunction.evaluate(call, in: &run)
    case .tail: try TailFunction.evaluate(call, in: &run)
    case .skip: try SkipFunction.evaluate(call, in: &run)
    case .take: try TakeFunction.evaluate(call, in: &run)
    case .single: try SingleFunction.evaluate(call, in: &run)
    case .where: try WhereFunction.evaluate(call, in: &run)
    case .select: try SelectFunction.evaluate(call, in: &run)
    case .all: try AllFunction.evaluate(call, in: &run)
    case .anyTrue: try AnyTrueFunction.evaluate(call, in: &run)
    case .allTrue: try AllTrueFunction.evaluate(call, in: &run)
    case .anyFalse: try AnyFalseFunction.evaluate(call, in: &run)
    case .allFalse: try AllFalseFunction.evaluate(call, in: &run)
    case .iif: try IifFunction.evaluate(call, in: &run)
    case .length: try LengthFunction.evaluate(call, in: &run)
    case .substring: try SubstringFunction.evaluate(call, in: &run)
    case .startsWith: try StartsWithFunction.evaluate(call, in: &run)
    case .endsWith: try EndsWithFunction.evaluate(call, in: &run)
    case .contains: try ContainsFunction.evaluate(call, in: &run)
    case .upper: try UpperFunction.evaluate(call, in: &run)
    case .lower: try LowerFunction.evaluate(call, in: &run)
    case .replace: try ReplaceFunction.evaluate(call, in: &run)
    case .indexOf: try IndexOfFunction.evaluate(call, in: &run)
    case .trim: try TrimFunction.evaluate(call, in: &run)
    case .toString: try ToStringFunction.evaluate(call, in: &run)
    case .toInteger: try ToIntegerFunction.evaluate(call, in: &run)
    case .toDecimal: try ToDecimalFunction.evaluate(call, in: &run)
    case .distinct: try DistinctFunction.evaluate(call, in: &run)
    case .isDistinct: try IsDistinctFunction.evaluate(call, in: &run)
    case .join: try JoinFunction.evaluate(call, in: &run)
    case .split: try SplitFunction.evaluate(call, in: &run)
    case .combine: try CombineFunction.evaluate(call, in: &run)
    case .union: try UnionFunction.evaluate(call, in: &run)
    }
  }
}
