// A POSIX script of kubectl lines that runs them side by side and ends them together.
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/writers.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

} // namespace

void writeCommands(const Profile &profile, Exported &exported)
{
    ExportNotes notes(exported, Format::Commands);
    QStringList lines{u"#!/bin/sh"_s};
    if (!profile.name.isEmpty())
        lines << u"# "_s + shownText(profile.name);
    lines << u"# "_s + Text::tr("Forwards these ports until it is interrupted.")
          << u"trap 'trap - INT TERM; kill 0' INT TERM"_s;
    for (qsizetype i = 0; i < profile.forwards.size(); ++i) {
        const SavedForward &forward = profile.forwards.at(i);
        notes.begin(i, forward);
        notes.kept({u"context"_s, u"name"_s});
        if (!forward.spec.name.isEmpty())
            lines << u"# "_s + shownText(forward.spec.name);
        lines << Forward::commandLine(forward.spec, u"kubectl"_s) + u" &"_s;
    }
    lines << u"wait"_s;
    exported.text = (lines.join(u'\n') + u'\n').toUtf8();
}

} // namespace Fairlead::Store
