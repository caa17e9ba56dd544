#include "core/kube/config/base64data.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

constexpr int QuantumSize = 4; // characters that stand for three bytes

bool isBase64Character(QChar c)
{
    const bool letter = (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
    return letter || (c >= u'0' && c <= u'9') || c == u'+' || c == u'/';
}

bool isLineBreak(QChar c)
{
    return c == u'\r' || c == u'\n';
}

/// Whether only as many "=" as the quantum lacks, and line breaks, stand from `at` on.
bool endsInPadding(const QString &text, qsizetype at, qsizetype digits)
{
    const QString rest = text.mid(at).remove(u'\r').remove(u'\n');
    const qsizetype missing = (QuantumSize - digits % QuantumSize) % QuantumSize;
    return digits % QuantumSize >= 2 && rest == QString(missing, u'=');
}

} // namespace

Result<DecodedBase64, qsizetype> decodeBase64(const QString &text)
{
    QByteArray digits;
    digits.reserve(text.size());
    qsizetype quantumStart = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (isLineBreak(c))
            continue;
        if (c == u'=' && endsInPadding(text, at, digits.size()))
            return DecodedBase64{QByteArray::fromBase64(digits), false};
        if (!isBase64Character(c))
            return Failure{at};
        if (digits.size() % QuantumSize == 0)
            quantumStart = at;
        digits.append(c.toLatin1());
    }
    if (digits.size() % QuantumSize == 1) // six bits are not even one byte
        return Failure{quantumStart};
    return DecodedBase64{QByteArray::fromBase64(digits), digits.size() % QuantumSize != 0};
}

} // namespace Fairlead::Kube
