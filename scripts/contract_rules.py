"""Checks answers of national contracts against what their descriptions demand and their schemas can't say, the rules that the
official Schematron files hold too: python contract_rules.py FILE…; prints FILE: RULE: MESSAGE for each breach.

Known are GetCareContacts 2 and 3, GetCareDocumentation 2 and 3, GetDiagnosis 2, and the engagement index's Update. Sources: the
contracts' descriptions (TKB logistics 3.0.13, description 3.0.5, engagementindex 1.0.10).
"""

import re
import sys

from lxml import etree

PATIENT_IDS = {"1.2.752.129.2.1.3.1", "1.2.752.129.2.1.3.3", "1.2.752.97.3.1.3", "1.2.752.129.2.1.2.1"}
STATUS = {"53631000052103", "53641000052109", "53651000052107", "53661000052105", "53671000052101", "53681000052104",
          "53691000052102", "53701000052102"}
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME, DATE = re.compile("[0-9]{14}"), re.compile("[0-9]{8}")
UNUSED = {"GetCareContacts 3": ["documentTitle", "documentTime", "legalAuthenticator", "nullified", "nullifiedReason", "careContactId"],
          "GetCareContacts 2": ["documentTitle", "documentTime"], "GetCareDocumentation 2": ["nullified", "nullifiedReason"],
          "GetDiagnosis 2": ["documentTitle", "documentTime", "nullified", "nullifiedReason"]}
RECORDS = {"GetCareContacts": "careContact", "GetCareDocumentation": "careDocumentation", "GetDiagnosis": "diagnosis"}


def local(element):
    return etree.QName(element).localname


def at(element, path):
    """The elements at a path of local names."""
    found = [element]
    for name in path.split("."):
        found = [child for one in found for child in one if local(child) == name]
    return found


def text(element, path):
    return next(((one.text or "") for one in at(element, path)), "")


def common(root):
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        names = {local(child) for child in element}
        if not names and element is not root and not (element.text or "").strip():
            yield "empty", f"{local(element)} is empty"
        if names and names <= {"code", "codeSystem", "codeSystemName", "codeSystemVersion", "displayName", "originalText"}:
            coded, said = {"code", "codeSystem", "displayName"} <= names, names == {"originalText"}
            if not (coded and "originalText" not in names) and not said:
                yield "CV", f"{local(element)} has {sorted(names)}"
        name = local(element)
        if name in ("start", "end", "authorTime", "signatureTime", "blockComparisonTime", "timestamp", "diagnosisTime"):
            if not TIME.fullmatch(element.text or ""):
                yield "time", f"{name} is no YYYYMMDDhhmmss"
        if name == "patientId":
            number, kind = text(element, "id") or text(element, "extension"), text(element, "type") or text(element, "root")
            if kind not in PATIENT_IDS or not re.fullmatch("[0-9]{8}[0-9A-Z]{4}", number):
                yield "patient", "the patient's number has another form or system"
        if name.endswith("OrgUnit") and not (text(element, "orgUnitHSAId") and text(element, "orgUnitName")):
            yield "rule 4/5", f"{name} lacks its HSA-id or name"


def result(root, contract):
    for one in at(root, "result"):
        code, error = text(one, "resultCode"), text(one, "errorCode")
        if (code == "ERROR") != bool(error) and contract != "GetCareDocumentation 3":
            yield "result", f"{code} with errorCode {error or 'missing'}"
        if at(one, "logId") and not UUID.fullmatch(text(one, "logId")):
            yield "result", "logId is no UUID"


def header_rules(record, kind, contract):
    """The parts that stand in the header of all records, by which blocks are set and answers ordered."""
    if contract == "GetCareDocumentation 3":
        access = "header.accessControlHeader."
        unit, giver = text(record, access + "accountableCareUnit.extension"), text(record, access + "accountableHealthcareProvider.extension")
        # An id whose root alone identifies, such as a UUID, has no extension.
        identity = text(record, "header.record.id.extension") or text(record, "header.record.id.root")
        source = text(record, "header.sourceSystemId.extension")
    else:
        head = f"{kind}Header."
        who = head + "accountableHealthcareProfessional.healthcareProfessional"
        hsa = "HSAId"
        unit, giver = text(record, f"{who}CareUnit{hsa}"), text(record, f"{who}CareGiver{hsa}")
        source = text(record, head + "sourceSystemHSAId") or text(record, head + "sourceSystemHSAid")
        identity = text(record, head + "documentId")
        if at(record, head + "legalAuthenticator") and not text(record, head + "legalAuthenticator.signatureTime"):
            yield "header", "a signature has no time"
    if not unit or not giver:
        yield "rule 1", "a record lacks its care unit or care giver"
    if not source or not identity:
        yield "header", "a record lacks its source system or id"
    for name in UNUSED.get(contract, []):
        if at(record, f"{kind}Header.{name}"):
            yield "unused", f"{name} must not be used"


def contact(record, contract):
    body = "careContactBody."
    start, end = text(record, body + "careContactTimePeriod.start"), text(record, body + "careContactTimePeriod.end")
    if at(record, body + "careContactTimePeriod") and not (start or end):
        yield "period", "neither start nor end"
    if contract == "GetCareContacts 2":
        if text(record, body + "careContactCode") not in {"", *"12345"} or text(record, body + "careContactStatus") not in {"", *"12345"}:
            yield "code", "careContactCode or careContactStatus is not 1 to 5"
        if not start:
            yield "period", "start is missing"
        return
    if text(record, body + "careContactCode.code") != "3" and start and end and start != end:
        yield "period", "an outpatient contact has start = end"
    status = text(record, body + "careContactStatus.code")
    if status and (status not in STATUS or text(record, body + "careContactStatus.codeSystem") != "1.2.752.116.2.1.1"):
        yield "code", "careContactStatus is not of the refset"
    info = body + "additionalPatientInformation."
    form, value = text(record, info + "dateOfBirth.format"), text(record, info + "dateOfBirth.value")
    if value and (len(form) != len(value) or form not in ("YYYY", "YYYYMM", "YYYYMMDD")):
        yield "birth", "dateOfBirth has another form than it says"
    gender = text(record, info + "gender.code")
    if gender and (gender not in "0129" or text(record, info + "gender.codeSystem") != "1.2.752.129.2.2.1.1"):
        yield "code", "gender is not of KV Kön"


def documentation(record, contract):
    if contract == "GetCareDocumentation 3":
        if not text(record, "header.accessControlHeader.blockComparisonTime"):
            yield "header", "blockComparisonTime is missing"
        note, entries = "body.clinicalDocumentNoteCode.codeSystem", at(record, "body.multimediaEntry")
        if text(record, note) not in ("", "1.2.752.129.2.2.2.11"):
            yield "code", "clinicalDocumentNoteCode is not of KV Anteckningstyp"
        note = at(record, "body")
    else:
        note = at(record, "careDocumentationBody.clinicalDocumentNote")
        entries = [entry for one in note for entry in at(one, "multimediaEntry")]
        kinds = [bool(text(one, f"clinicalDocument{name}Code")) for one in note for name in ("Note", "Type")]
        if kinds.count(True) != len(note):
            yield "code", "a note has one of clinicalDocumentNoteCode and clinicalDocumentTypeCode"
    for one in note:
        if bool(text(one, "clinicalDocumentNoteText")) == bool(entries):
            yield "body", "a text or an object, and not both"
    for entry in entries:
        if bool(text(entry, "value")) == bool(text(entry, "reference")):
            yield "body", "a multimediaEntry has a value or a reference"
        if not text(entry, "mediaType") or at(entry, "id"):
            yield "body", "a multimediaEntry says its type, and has no id"


def diagnosis(record, contract):
    if text(record, "diagnosisBody.typeOfDiagnosis") not in ("Huvuddiagnos", "Bidiagnos"):
        yield "code", "typeOfDiagnosis is neither Huvuddiagnos nor Bidiagnos"


KINDS = {"careContact": contact, "careDocumentation": documentation, "diagnosis": diagnosis}


def answer(root, interaction, major):
    contract, kind = f"{interaction} {major}", RECORDS[interaction]
    yield from common(root)
    yield from result(root, contract)
    ids = []
    for record in at(root, kind):
        yield from header_rules(record, kind, contract)
        yield from KINDS[kind](record, contract)
        ids.append((text(record, f"{kind}Header.documentId"), text(record, "header.record.id.extension"),
                    text(record, "header.record.id.root")))
    if len(set(ids)) != len(ids):
        yield "header", "two records have one id"
    for more in at(root, "hasMore"):
        if not text(more, "logicalAddress") or not text(more, "reference"):
            yield "hasMore", "it lacks its address or reference"


def update(root):
    transactions = at(root, "engagementTransaction")
    if not 1 <= len(transactions) <= 1000:
        yield "EI", f"{len(transactions)} transactions"
    keys = set()
    for one in transactions:
        post = {local(part): part.text or "" for part in at(one, "engagement")[0]}
        if text(one, "deleteFlag") == "true" and "mostRecentContent" in post:
            yield "EI", "a deletion has a time"
        if {"creationTime", "updateTime", "owner"} & set(post):
            yield "EI", "what only the index says"
        if any(value != value.strip() or not value for value in post.values()):
            yield "EI004", "an empty value, or white space"
        if post.get("serviceDomain", "").startswith("riv:clinicalprocess:") and (
                post["businessObjectInstanceIdentifier"], post["clinicalProcessInterestId"]) != ("NA", "NA"):
            yield "EI", "a journal's post has NA for its object and process"
        if post.get("serviceDomain", "").startswith("riv:clinicalprocess:") and post["logicalAddress"] != post["sourceSystem"]:
            yield "EI", "a journal's post is asked for at its source system"
        post.pop("mostRecentContent", None)
        key = tuple(sorted(post.items()))
        if key in keys:
            yield "EI002", "a post is there twice"
        keys.add(key)


def breaches(root):
    name, namespace = etree.QName(root).localname, etree.QName(root).namespace or ""
    if namespace == "urn:riv:itintegration:engagementindex:UpdateResponder:1" and name == "Update":
        return update(root)
    interaction = name.removesuffix("Response")
    return answer(root, interaction, namespace.rpartition(":")[2]) if name != interaction and interaction in RECORDS else []


for path in sys.argv[1:]:
    for rule, message in breaches(etree.parse(path).getroot()):
        print(f"{path}: {rule}: {message}")
