internal import CChecksum
public import ChequebookModel

extension Fields {
    /// The key of a patient of the form that the ledger was created for, and the text of a pseudonym.
    @inline(__always)
    func patientKey(
        _ member: JSONMember, _ form: PatientForm
    ) throws(WireProblem) -> (key: PatientKey, pseudonym: UnsafeRawBufferPointer) {
        let bytes = try text(member)
        if form == .nhsNumber, let number = Patient.nhsNumber(utf8: bytes) {
            return (PatientKey(high: 0, low: number), .none)
        }
        let key = try patient(member, form).key
        return (key, form == .nhsNumber ? .none : UnsafeRawBufferPointer(rebasing: bytes.dropFirst(2)))
    }

    /// An NHS number or a pseudonym, of the form that the ledger was created for.
    func patient(_ member: JSONMember, _ form: PatientForm) throws(WireProblem) -> Patient {
        let bytes = try text(member)
        guard let patient = PatientReader.patient(bytes) else {
            throw problem("bad-patient", member.valueIndex, PatientReader.expectation(form))
        }
        guard patient.key.form == form else {
            throw problem("wrong-patient-form", member.valueIndex, PatientReader.expectation(form))
        }
        return patient
    }
}

/// Reads a patient from its wire form.
public enum PatientReader {
    /// An NHS number, or `p:` and a pseudonym; nil for anything else.
    public static func patient(_ bytes: UnsafeRawBufferPointer) -> Patient? {
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "p"), bytes[1] == UInt8(ascii: ":") else {
            return Patient(nhsNumber: bytes)
        }
        let text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(2))
        guard let pseudonym = Identifier(utf8: text) else { return nil }
        var digest = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        withUnsafeMutableBytes(of: &digest) { out in
            chequebook_sha256(text.baseAddress, text.count, out.baseAddress)
        }
        return Patient(pseudonym: pseudonym, digest: (UInt64(bigEndian: digest.0), UInt64(bigEndian: digest.1)))
    }

    /// What would be right, for a message.
    public static func expectation(_ form: PatientForm) -> String {
        switch form {
        case .nhsNumber: "must be an NHS number: ten digits in quotes, not all equal, with the right check digit"
        case .pseudonym: "must be a pseudonym: p: and 16 to 64 of A-Z a-z 0-9 _ -"
        }
    }
}
