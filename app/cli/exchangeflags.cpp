#include "app/cli/exchangeflags.h"

#include "core/store/exchange/format.h"

using namespace Qt::StringLiterals;

namespace Fairlead::App {

QStringList formatWords(bool writableOnly)
{
    QStringList words;
    for (const Store::FormatInfo &info : Store::formats()) {
        if (info.writable || !writableOnly)
            words << info.word;
    }
    return words;
}

ArgumentOption formatOption(const QString &name, bool writableOnly, const QString &help)
{
    const auto check = [writableOnly](const QString &value) {
        const auto format = Store::formatFromWord(value);
        const bool isFine = format && (!writableOnly || Store::formatInfo(*format).writable);
        return isFine ? QString() : u"must be one of "_s + formatWords(writableOnly).join(u", "_s);
    };
    return {name, {}, ArgumentOption::Kind::Value, check, u"FORMAT"_s, help};
}

} // namespace Fairlead::App
