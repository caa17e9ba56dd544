#include "core/store/exchange/sourcetext.h"

#include <QCoreApplication>
#include <QStringConverter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// How many bytes the character at the front has; 0: it is none.
qsizetype characterLength(QByteArrayView bytes)
{
    for (qsizetype length = 1; length <= std::min(bytes.size(), qsizetype(4)); ++length) {
        if (bytes.first(length).isValidUtf8())
            return length;
    }
    return 0;
}

/// Where the first byte is that no UTF-8 text has there. The caller knows that there is one.
ProfileError brokenCharacter(QByteArrayView text)
{
    int line = 1;
    int column = 1;
    for (qsizetype at = 0; at < text.size(); ++column) {
        const qsizetype length = characterLength(text.sliced(at));
        if (length == 0)
            break;
        if (text.at(at) == '\n') {
            ++line;
            column = 0;
        }
        at += length;
    }
    return {line, column, Text::tr("This is no text in UTF-8.")};
}

ProfileError nulByte(QByteArrayView text, qsizetype at)
{
    const QByteArrayView before = text.first(at);
    const auto line = int(std::count(before.begin(), before.end(), '\n')) + 1;
    return {line, int(at - before.lastIndexOf('\n')), Text::tr("This is no text: it has a NUL byte.")};
}

QByteArray asUtf8(const QByteArray &bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes);
    if (encoding == QStringConverter::Utf16LE || encoding == QStringConverter::Utf16BE) {
        QStringDecoder decoder(*encoding);
        const QString text = decoder.decode(bytes);
        return text.toUtf8();
    }
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
}

} // namespace

Result<QByteArray, ProfileError> checkedText(const QByteArray &bytes, qsizetype limit)
{
    if (bytes.size() > limit)
        return Failure{ProfileError{0, 0, Text::tr("The file is larger than %1 MiB.").arg(limit / (1024 * 1024))}};
    const QByteArray text = asUtf8(bytes);
    if (const qsizetype nul = text.indexOf('\0'); nul >= 0)
        return Failure{nulByte(text, nul)};
    if (!text.isValidUtf8())
        return Failure{brokenCharacter(text)};
    return text;
}

} // namespace Fairlead::Store
