/// The functions of the specification; everything about one is in the file of its name.
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
  case `is`
  case `as`
  case ofType
  case type
  case `repeat`
  case aggregate
  case sort
  case subsetOf
  case supersetOf
  case intersect
  case exclude
  case toBoolean
  case toDate
  case toDateTime
  case toTime
  case toQuantity
  case convertsToBoolean
  case convertsToInteger
  case convertsToDecimal
  case convertsToString
  case convertsToDate
  case convertsToDateTime
  case convertsToTime
  case convertsToQuantity
  case lastIndexOf
  case matches
  case matchesFull
  case replaceMatches
  case toChars
  case encode
  case decode
  case escape
  case unescape
  case abs
  case ceiling
  case floor
  case truncate
  case round
  case exp
  case ln
  case sqrt
  case log
  case power
  case children
  case descendants
  case trace
  case defineVariable
  case now
  case today
  case timeOfDay
  case lowBoundary
  case highBoundary
  case precision
  case comparable
  case `extension`
  case hasValue
  case getValue
  case resolve
  case memberOf
  case htmlChecks
  case conformsTo

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
    case .`where`: WhereFunction.self
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
    case .`is`: IsFunction.self
    case .`as`: AsFunction.self
    case .ofType: OfTypeFunction.self
    case .type: TypeFunction.self
    case .`repeat`: RepeatFunction.self
    case .aggregate: AggregateFunction.self
    case .sort: SortFunction.self
    case .subsetOf: SubsetOfFunction.self
    case .supersetOf: SupersetOfFunction.self
    case .intersect: IntersectFunction.self
    case .exclude: ExcludeFunction.self
    case .toBoolean: ToBooleanFunction.self
    case .toDate: ToDateFunction.self
    case .toDateTime: ToDateTimeFunction.self
    case .toTime: ToTimeFunction.self
    case .toQuantity: ToQuantityFunction.self
    case .convertsToBoolean: ConvertsToBooleanFunction.self
    case .convertsToInteger: ConvertsToIntegerFunction.self
    case .convertsToDecimal: ConvertsToDecimalFunction.self
    case .convertsToString: ConvertsToStringFunction.self
    case .convertsToDate: ConvertsToDateFunction.self
    case .convertsToDateTime: ConvertsToDateTimeFunction.self
    case .convertsToTime: ConvertsToTimeFunction.self
    case .convertsToQuantity: ConvertsToQuantityFunction.self
    case .lastIndexOf: LastIndexOfFunction.self
    case .matches: MatchesFunction.self
    case .matchesFull: MatchesFullFunction.self
    case .replaceMatches: ReplaceMatchesFunction.self
    case .toChars: ToCharsFunction.self
    case .encode: EncodeFunction.self
    case .decode: DecodeFunction.self
    case .escape: EscapeFunction.self
    case .unescape: UnescapeFunction.self
    case .abs: AbsFunction.self
    case .ceiling: CeilingFunction.self
    case .floor: FloorFunction.self
    case .truncate: TruncateFunction.self
    case .round: RoundFunction.self
    case .exp: ExpFunction.self
    case .ln: LnFunction.self
    case .sqrt: SqrtFunction.self
    case .log: LogFunction.self
    case .power: PowerFunction.self
    case .children: ChildrenFunction.self
    case .descendants: DescendantsFunction.self
    case .trace: TraceFunction.self
    case .defineVariable: DefineVariableFunction.self
    case .now: NowFunction.self
    case .today: TodayFunction.self
    case .timeOfDay: TimeOfDayFunction.self
    case .lowBoundary: LowBoundaryFunction.self
    case .highBoundary: HighBoundaryFunction.self
    case .precision: PrecisionFunction.self
    case .comparable: ComparableFunction.self
    case .`extension`: ExtensionFunction.self
    case .hasValue: HasValueFunction.self
    case .getValue: GetValueFunction.self
    case .resolve: ResolveFunction.self
    case .memberOf: MemberOfFunction.self
    case .htmlChecks: HtmlChecksFunction.self
    case .conformsTo: ConformsToFunction.self
    }
  }
}

extension Function {
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
    case .`where`: try WhereFunction.evaluate(call, in: &run)
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
    case .`is`: try IsFunction.evaluate(call, in: &run)
    case .`as`: try AsFunction.evaluate(call, in: &run)
    case .ofType: try OfTypeFunction.evaluate(call, in: &run)
    case .type: try TypeFunction.evaluate(call, in: &run)
    case .`repeat`: try RepeatFunction.evaluate(call, in: &run)
    case .aggregate: try AggregateFunction.evaluate(call, in: &run)
    case .sort: try SortFunction.evaluate(call, in: &run)
    case .subsetOf: try SubsetOfFunction.evaluate(call, in: &run)
    case .supersetOf: try SupersetOfFunction.evaluate(call, in: &run)
    case .intersect: try IntersectFunction.evaluate(call, in: &run)
    case .exclude: try ExcludeFunction.evaluate(call, in: &run)
    case .toBoolean: try ToBooleanFunction.evaluate(call, in: &run)
    case .toDate: try ToDateFunction.evaluate(call, in: &run)
    case .toDateTime: try ToDateTimeFunction.evaluate(call, in: &run)
    case .toTime: try ToTimeFunction.evaluate(call, in: &run)
    case .toQuantity: try ToQuantityFunction.evaluate(call, in: &run)
    case .convertsToBoolean: try ConvertsToBooleanFunction.evaluate(call, in: &run)
    case .convertsToInteger: try ConvertsToIntegerFunction.evaluate(call, in: &run)
    case .convertsToDecimal: try ConvertsToDecimalFunction.evaluate(call, in: &run)
    case .convertsToString: try ConvertsToStringFunction.evaluate(call, in: &run)
    case .convertsToDate: try ConvertsToDateFunction.evaluate(call, in: &run)
    case .convertsToDateTime: try ConvertsToDateTimeFunction.evaluate(call, in: &run)
    case .convertsToTime: try ConvertsToTimeFunction.evaluate(call, in: &run)
    case .convertsToQuantity: try ConvertsToQuantityFunction.evaluate(call, in: &run)
    case .lastIndexOf: try LastIndexOfFunction.evaluate(call, in: &run)
    case .matches: try MatchesFunction.evaluate(call, in: &run)
    case .matchesFull: try MatchesFullFunction.evaluate(call, in: &run)
    case .replaceMatches: try ReplaceMatchesFunction.evaluate(call, in: &run)
    case .toChars: try ToCharsFunction.evaluate(call, in: &run)
    case .encode: try EncodeFunction.evaluate(call, in: &run)
    case .decode: try DecodeFunction.evaluate(call, in: &run)
    case .escape: try EscapeFunction.evaluate(call, in: &run)
    case .unescape: try UnescapeFunction.evaluate(call, in: &run)
    case .abs: try AbsFunction.evaluate(call, in: &run)
    case .ceiling: try CeilingFunction.evaluate(call, in: &run)
    case .floor: try FloorFunction.evaluate(call, in: &run)
    case .truncate: try TruncateFunction.evaluate(call, in: &run)
    case .round: try RoundFunction.evaluate(call, in: &run)
    case .exp: try ExpFunction.evaluate(call, in: &run)
    case .ln: try LnFunction.evaluate(call, in: &run)
    case .sqrt: try SqrtFunction.evaluate(call, in: &run)
    case .log: try LogFunction.evaluate(call, in: &run)
    case .power: try PowerFunction.evaluate(call, in: &run)
    case .children: try ChildrenFunction.evaluate(call, in: &run)
    case .descendants: try DescendantsFunction.evaluate(call, in: &run)
    case .trace: try TraceFunction.evaluate(call, in: &run)
    case .defineVariable: try DefineVariableFunction.evaluate(call, in: &run)
    case .now: try NowFunction.evaluate(call, in: &run)
    case .today: try TodayFunction.evaluate(call, in: &run)
    case .timeOfDay: try TimeOfDayFunction.evaluate(call, in: &run)
    case .lowBoundary: try LowBoundaryFunction.evaluate(call, in: &run)
    case .highBoundary: try HighBoundaryFunction.evaluate(call, in: &run)
    case .precision: try PrecisionFunction.evaluate(call, in: &run)
    case .comparable: try ComparableFunction.evaluate(call, in: &run)
    case .`extension`: try ExtensionFunction.evaluate(call, in: &run)
    case .hasValue: try HasValueFunction.evaluate(call, in: &run)
    case .getValue: try GetValueFunction.evaluate(call, in: &run)
    case .resolve: try ResolveFunction.evaluate(call, in: &run)
    case .memberOf: try MemberOfFunction.evaluate(call, in: &run)
    case .htmlChecks: try HtmlChecksFunction.evaluate(call, in: &run)
    case .conformsTo: try ConformsToFunction.evaluate(call, in: &run)
    }
  }
}

extension Function {
  /// Whether it gives something else for another message, though it is called on nothing.
  var readsEnvironment: Bool {
    switch self {
    case .now, .today, .timeOfDay, .resolve: true
    default: false
    }
  }
}
