// Draws the window with example forwards into picture files, without a cluster: to look at changes of the layout.
//   window_preview DIRECTORY [light|dark] [WIDTHxHEIGHT] [LANGUAGE]
#include "core/store/settings.h"
#include "support/surfaces.h"
#include "ui/colorscheme.h"
#include "ui/details/detailspanel.h"
#include "ui/forwards/forwardsview.h"
#include "ui/mainwindow.h"
#include "ui/translations.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QLocale>
#include <QTabWidget>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace Fairlead;

namespace {

void settle()
{
    for (int i = 0; i < 20; ++i)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

void save(QWidget &widget, const QDir &folder, const QString &name)
{
    settle();
    const QString path = folder.filePath(name + u".png"_s);
    QTextStream(stdout) << path << (widget.grab().save(path) ? "\n" : ": cannot be written\n");
}

/// Each as it opens over the example forwards.
void showDialogs(Ui::Surfaces &surfaces, const QDir &folder, const QString &scheme)
{
    for (const Ui::Surfaces::Dialog &dialog : surfaces.dialogs()) {
        const std::unique_ptr<QWidget> shown = dialog.make();
        shown->show();
        save(*shown, folder, QString::fromLatin1(dialog.name) + u'-' + scheme);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QDir folder(arguments.value(1, u"."_s));
    const QString scheme = arguments.value(2, u"light"_s);
    const QLocale locale(arguments.value(4, u"en_US"_s));
    QLocale::setDefault(locale);
    Ui::installTranslations(app, locale);
    Ui::Surfaces surfaces;
    Store::Settings &settings = surfaces.settings();
    settings.setColorScheme(scheme == "dark"_L1 ? Store::Settings::ColorScheme::Dark
                                                : Store::Settings::ColorScheme::Light);
    Ui::applyColorScheme(settings.colorScheme());
    Ui::MainWindow &window = surfaces.window();
    const QStringList size = arguments.value(3, u"1280x800"_s).split('x'_L1);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    save(window, folder, u"empty-"_s + scheme);
    surfaces.fill();
    auto *table = window.findChild<Ui::ForwardsView *>();
    table->select(1);
    save(window, folder, u"main-"_s + scheme);
    auto *tabs = window.findChild<QTabWidget *>(u"detailsTabs"_s);
    tabs->setCurrentIndex(1);
    save(window, folder, u"log-"_s + scheme);
    table->select(2);
    tabs->setCurrentIndex(2);
    save(window, folder, u"details-"_s + scheme);
    table->select(3);
    tabs->setCurrentIndex(0);
    save(window, folder, u"connections-none-"_s + scheme);
    showDialogs(surfaces, folder, scheme);
    for (auto *field : window.findChildren<QLineEdit *>())
        field->setText(u"graf x"_s);
    save(window, folder, u"filtered-"_s + scheme);
    return 0;
}
