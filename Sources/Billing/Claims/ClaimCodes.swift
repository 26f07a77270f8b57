/// The codes that the claim contract allows, by the rule that says so (its Schematron, 1.1).
public enum ClaimCodes {
  static let typeOfInvoice: Set<String> = ["380", "381"]  // R4
  static let gender: Set<String> = ["0", "1", "2", "9"]  // R10
  static let typeOfAgreement: Set<String> = ["1", "2", "3"]  // R12
  static let typeOfChapter: Set<String> = ["1", "2", "3", "4", "5", "6", "7"]  // R13
  static let typeOfReimbursement: Set<String> = ["1", "2"]  // R14
  static let typeOfCare: Set<String> = ["01", "02"]  // R15
  static let typeOfVisit: Set<String> = ["1", "2"]  // R16
  static let profession: Set<String> = codes(  // R22
    "AP AT AU BM BA DT FT HK KP LG LK NA OP OT PS PT RC RS SG SF SJ TH TL US TP OV TO")
  static let productCategory: Set<String> = ["01", "02", "03", "04", "99"]  // R24
  static let priceList: Set<String> = ["1", "2", "3", "4", "5", "6"]  // R25
  static let feeReduction: Set<String> = ["01", "02", "03", "04", "05", "99"]  // R29
  static let careLevel: Set<String> = ["1", "2", "3", "4"]  // R30
  /// Why a line is credited (R36): 1 wrong region, 2 wrong price, 3 wrong product, 4 billed in part before, 5 no
  /// referral, 6 later than six months, 7 billed twice, 8 billed before the visit, 9 not to be billed.
  public static let reasonForCredit: Set<String> = ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
  static let agreementInRiksavtalet: Set<String> = ["3.1", "3.2", "4.1", "4.3", "4.4"]  // R50
  static let medicalField: Set<String> = codes(  // R49
    """
    003 207 009 211 011 215 014 221 015 231 016 241 019 243 020 246 021 249 022 251 023 301 024 303 041 304 045 306 \
    046 311 056 312 061 316 076 321 086 331 096 335 100 341 101 351 105 361 107 371 108 401 109 411 111 412 121 413 \
    131 421 141 431 142 441 151 451 156 511 161 515 171 521 181 531 201 532 203 541 206 551 552 943 553 944 561 945 \
    564 948 565 950 566 951 567 952 570 953 571 954 572 955 573 956 581 957 601 971 611 991 711 993 712 713 715 721 \
    722 731 741 751 761 762 763 811 821 831 832 841 845 851 881 882 883 892 893 894 895 896 901 906 928 931
    """)

  private static func codes(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }
}
