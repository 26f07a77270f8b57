// What paths and declarations look like; their readers check them fully.
extension TextPattern {
  private static let segment = #"(?:`[^`]+`|[^\s\[\]*|=`.]+)(?:\[[^\s\[\]*|=`]+\])?"#
  private static let names = segment + #"(?:\."# + segment + ")*"

  /// A name without white space.
  public static let name = TextPattern(#"^\S+$"#)
  /// `visit.identifier[visiba-visit].value`
  static let path = TextPattern("^\(names)$")
  /// `visit.diagnoses*`
  static let repetition = TextPattern(#"^\#(names)\*$"#)
  /// `identifier[visiba-visit]`
  static let sliced = TextPattern(#"^(?:\#(names)\.)?[^\s\[\]*|=.]+\[[^\s\[\]*|=`]+\]$"#)
  /// `= formula`
  static let formula = TextPattern(#"^=\s*\S"#)
  /// `path | table | prefix('…')`
  static let pipeline = TextPattern(#"^\s*\#(names)\s*(?:\|\s*[^\s|()]+(?:\('[^']*'\))?\s*)*$"#)
  /// `Patient as visit.subject`
  static let resource = TextPattern(#"^[A-Z]\w*\??(?:\s+as\s+\S+)?(?:\s+where\s+.+)?\s*$"#)
  /// `Condition diagnosis where encounter = visit`
  static let namedResource = TextPattern(
    #"^[A-Z]\w*\s+(?!as\s|where\s)[\w-]+(?:\s+as\s+\S+)?(?:\s+where\s+.+)?\s*$"#)
  /// `visit.extension[survey-answer]* as answer`
  static let elements = TextPattern(#"^\S+\*\s+as\s+[\w-]+$"#)
}
