#include "tests/app/secrets/markedsecrets.h"

#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

/// What of `secret` is in base64 for sure when `before` bytes (modulo 3) stand before it, whatever follows.
QByteArray insideBase64(const QByteArray &secret, int before, QByteArray::Base64Options options)
{
    constexpr int Group = 3;
    constexpr int Coded = 4;
    const qsizetype whole = (secret.size() - (Group - before) % Group) / Group;
    return secret.mid((Group - before) % Group, whole * Group).toBase64(options).left(whole * Coded);
}

} // namespace

QByteArray MarkedSecrets::make(const QByteArray &what)
{
    const QByteArray secret = "MARKED" + what + QByteArray::number(QRandomGenerator::global()->generate64(), 16);
    add(what, secret);
    return secret;
}

void MarkedSecrets::add(const QByteArray &what, const QByteArray &secret)
{
    Mark mark{what, {secret, secret.toHex()}};
    for (const int before : {0, 1, 2}) {
        mark.forms << insideBase64(secret, before, QByteArray::Base64Encoding)
                   << insideBase64(secret, before, QByteArray::Base64UrlEncoding);
    }
    m_marks.append(mark);
}

QStringList MarkedSecrets::foundIn(const QByteArray &bytes) const
{
    QStringList found;
    for (const Mark &mark : m_marks) {
        if (std::any_of(mark.forms.begin(), mark.forms.end(), [&](const auto &form) { return bytes.contains(form); }))
            found << QString::fromLatin1(mark.what);
    }
    return found;
}

QString MarkedSecrets::leakIn(const QByteArray &bytes) const
{
    const QStringList found = foundIn(bytes);
    if (found.isEmpty())
        return {};
    QStringList lines{found.join(", "_L1)};
    for (const QByteArray &line : bytes.split('\n')) {
        if (!foundIn(line).isEmpty())
            lines << QString::fromUtf8(line);
    }
    return lines.join(u'\n');
}

QStringList MarkedSecrets::foundBelow(const QString &folder) const
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const bool isRead = file.open(QIODevice::ReadOnly);
        const QStringList inside = foundIn(file.fileName().toUtf8() + '\n' + (isRead ? file.readAll() : QByteArray()));
        for (const QString &what : inside)
            found << file.fileName() + ": "_L1 + what;
    }
    return found;
}

} // namespace Fairlead::Test
