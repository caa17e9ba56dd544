#include "core/control/selection.h"

#include <QCoreApplication>
#include <QSet>

namespace Fairlead::Control {

using Forward::ForwardId;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::Selection)
};

template <typename IsMeant>
QSet<ForwardId> those(const QList<Called> &all, IsMeant isMeant)
{
    QSet<ForwardId> result;
    for (const Called &one : all) {
        if (isMeant(one))
            result << one.id;
    }
    return result;
}

QSet<ForwardId> named(const QString &word, const QList<Called> &all)
{
    bool isNumber = false;
    const ForwardId id = word.toULongLong(&isNumber);
    const QSet<ForwardId> byId = those(all, [&](const Called &one) { return isNumber && one.id == id; });
    if (!byId.isEmpty())
        return byId;
    const QSet<ForwardId> byName = those(all, [&](const Called &one) { return one.name == word; });
    if (!byName.isEmpty())
        return byName;
    return those(all, [&](const Called &one) { return one.profiles.contains(word); });
}

} // namespace

Result<QList<ForwardId>, QString> selectForwards(const QStringList &words, const QList<Called> &all,
                                                 const QStringList &profiles)
{
    QSet<ForwardId> chosen;
    for (const QString &word : words) {
        const QSet<ForwardId> found = named(word, all);
        if (found.isEmpty() && !profiles.contains(word))
            return Failure{Text::tr("There is no forward and no profile \"%1\".").arg(word)};
        chosen += found;
    }
    QList<ForwardId> result;
    for (const Called &one : all) {
        if (words.isEmpty() || chosen.contains(one.id))
            result << one.id;
    }
    return result;
}

} // namespace Fairlead::Control
