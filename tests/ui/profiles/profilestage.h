#pragma once

#include "core/kube/config/contextstore.h"
#include "core/store/profiles/profilefolder.h"
#include "core/store/settings.h"
#include "support/paperforwards.h"
#include "ui/mainwindow.h"
#include "ui/profiles/profilesmenu.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/messagearea.h"

#include <QFile>
#include <QInputDialog>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;
using Forward::ForwardId;
using Forward::State;

inline constexpr char Config[] = "apiVersion: v1\nkind: Config\ncurrent-context: okd-dev\n"
                                 "clusters: [{name: c, cluster: {server: 'https://one.example:6443'}}]\n"
                                 "users: [{name: u, user: {token: t}}]\n"
                                 "contexts: [{name: okd-dev, context: {cluster: c, user: u}}]\n";

inline void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// One run of the window; what it keeps is in the folder.
struct ProfileStage {
    explicit ProfileStage(const QTemporaryDir &where)
        : settings(where.filePath(u"settings.ini"_s))
        , contexts(flagsFor(where))
        , folder(where.filePath(u"profiles"_s))
    {
        auto service = std::make_unique<PaperForwards>();
        forwards = service.get();
        window = std::make_unique<MainWindow>(std::move(service), contexts, settings);
        window->useProfiles(folder, where.filePath(u"session.yaml"_s));
        window->show();
        menu = window->findChild<ProfilesMenu *>();
        messages = window->findChild<MessageArea *>();
    }

    static Kube::ConnectionFlags flagsFor(const QTemporaryDir &where)
    {
        write(where.filePath(u"config"_s), Config);
        Kube::ConnectionFlags flags;
        flags.kubeconfig = where.filePath(u"config"_s);
        return flags;
    }

    ForwardId put(const QString &name, State state, quint16 port) const
    {
        return forwards->put(paperForward(name, state, port));
    }

    /// Types into the dialog that asks for a name.
    void answerName(const QString &name) const
    {
        auto *dialog = window->findChild<QInputDialog *>(u"profileName"_s);
        QVERIFY(dialog);
        dialog->setTextValue(name);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!window->findChild<QInputDialog *>(u"profileName"_s));
    }

    void answerQuestion(const QString &button) const
    {
        const QPointer<QMessageBox> box = window->findChild<QMessageBox *>(u"profileQuestion"_s);
        QVERIFY(box);
        const auto buttons = box->buttons();
        const auto found = std::find_if(buttons.begin(), buttons.end(),
                                        [&](const QAbstractButton *one) { return one->text().remove(u'&') == button; });
        QVERIFY(found != buttons.end());
        QTest::mouseClick(*found, Qt::LeftButton);
        QTRY_VERIFY(!box); // there may be another one now
    }

    /// An action of a profile's own menu.
    [[nodiscard]] QAction *action(const QString &profile, const QString &text) const
    {
        for (QAction *entry : menu->actions()) {
            if (!entry->menu() || entry->text() != profile)
                continue;
            for (QAction *inner : entry->menu()->actions()) {
                if (inner->text().remove(u'&') == text)
                    return inner;
            }
        }
        return nullptr;
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList result;
        for (const ForwardId id : forwards->ids())
            result << forwards->snapshot(id).spec.name;
        return result;
    }

    Store::Settings settings;
    Kube::ContextStore contexts;
    Store::ProfileFolder folder;
    PaperForwards *forwards = nullptr;
    std::unique_ptr<MainWindow> window;
    ProfilesMenu *menu = nullptr;
    MessageArea *messages = nullptr;
};

} // namespace Fairlead::Ui
