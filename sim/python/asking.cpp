#include "asking.hpp"

#include <pybind11/stl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/text/file_error.hpp"

namespace coalis::python {
namespace {

constexpr std::chrono::milliseconds between_looks{20};

// Threads do not come along into a forked process: work there would wait for them for ever.
bool is_forked() {
  static std::atomic<pid_t> used_by{0};
  pid_t nobody = 0;
  const pid_t here = ::getpid();
  return !used_by.compare_exchange_strong(nobody, here) && nobody != here;
}

void refuse_forked() {
  if (!is_forked()) return;
  throw std::runtime_error(
      "this process was forked from one in which coalis had run, whose threads are not here; start processes with "
      "multiprocessing.get_context(\"spawn\")");
}

// A thread for work. It lasts as long as the process and waits for more: a new one costs more than a short run, mostly by the
// pages of its stack.
class Worker {
 public:
  // Does the work, and when it is ready for more calls `finished`.
  static void call(std::function<void()> work, std::function<void()> finished) {
    Worker& worker = take();
    const std::lock_guard lock(worker.mutex_);
    worker.work_ = [&worker, work = std::move(work), finished = std::move(finished)] {
      work();
      give_back(worker);
      finished();
    };
    worker.wake_.notify_one();
  }

 private:
  struct Idle {
    std::mutex mutex;
    std::vector<Worker*> workers;
  };
  static Idle& idle() {
    static Idle& all = *new Idle;  // never destroyed, as threads may wait at the end of the process
    return all;
  }
  static Worker& take() {
    const std::lock_guard lock(idle().mutex);
    if (idle().workers.empty()) {
      auto* worker = new Worker;
      std::thread([worker] { worker->wait(); }).detach();
      return *worker;
    }
    Worker& last = *idle().workers.back();
    idle().workers.pop_back();
    return last;
  }
  static void give_back(Worker& worker) {
    const std::lock_guard lock(idle().mutex);
    idle().workers.push_back(&worker);
  }
  void wait() {
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return static_cast<bool>(work_); });
      const auto now = std::exchange(work_, nullptr);
      lock.unlock();
      now();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::function<void()> work_;
};

// What the work has told since the last look.
struct Told {
  std::mutex mutex;
  std::condition_variable news;
  bool finished = false;
  std::size_t done = 0, of = 0;
  std::vector<std::string> sentences;
};

// Keeps the first exception: it is what stopped the work.
class Listening {
 public:
  Listening(const py::object& ear, std::atomic<bool>& cancel) : ear_(ear), cancel_(cancel) {}

  void look(std::size_t done, std::size_t of, const std::vector<std::string>& sentences) {
    guarded([&] {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    });
    if (ear_.is_none()) return;
    guarded([&] {
      for (const std::string& sentence : sentences) ear_.attr("say")(sentence);
      if (done > 0 && done != told_) ear_.attr("progress")(told_ = done, of);
    });
  }
  py::object raised() const { return raised_; }

 private:
  template <class F>
  void guarded(F&& f) {
    try {
      f();
    } catch (py::error_already_set& error) {
      if (raised_.is_none()) raised_ = error.value();
      cancel_ = true;
    }
  }

  const py::object& ear_;
  std::atomic<bool>& cancel_;
  std::size_t told_ = 0;
  py::object raised_ = py::none();
};

}  // namespace

py::object beside_python(const py::object& ear, const std::function<void(const Watch&)>& work) {
  refuse_forked();
  const auto told = std::make_shared<Told>();
  std::atomic<bool> cancel = false;
  std::exception_ptr failure;
  const Watch watch{&cancel,
                    [&](std::size_t done, std::size_t of) {
                      const std::lock_guard lock(told->mutex);
                      told->done = done, told->of = of;
                    },
                    [&](const std::string& sentence) {
                      const std::lock_guard lock(told->mutex);
                      told->sentences.push_back(sentence);
                    }};
  const auto guarded_work = [&] {
    try {
      work(watch);
    } catch (...) {
      failure = std::current_exception();
    }
  };
  Worker::call(guarded_work, [told] {
    const std::lock_guard lock(told->mutex);
    told->finished = true;
    told->news.notify_one();
  });
  Listening listening(ear, cancel);
  for (bool finished = false; !finished;) {
    std::size_t done = 0, of = 0;
    std::vector<std::string> sentences;
    {
      const py::gil_scoped_release release;
      std::unique_lock lock(told->mutex);
      finished = told->news.wait_for(lock, between_looks, [&] { return told->finished; });
      done = told->done, of = told->of;
      sentences.swap(told->sentences);
    }
    listening.look(done, of, sentences);
  }
  if (failure) std::rethrow_exception(failure);
  return listening.raised();
}

void done_beside_python(const std::function<void(const Watch&)>& work) {
  if (is_forked()) {
    const py::gil_scoped_release release;
    return work({});
  }
  throw_raised(beside_python(py::none(), work));
}

void throw_raised(const py::object& raised) {
  if (raised.is_none()) return;
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(raised.ptr())), raised.ptr());
  throw py::error_already_set();
}

void throw_problems(const char* kind, const std::vector<Diagnostic>& problems) {
  py::list list;
  for (const Diagnostic& d : problems)
    list.append(py::make_tuple(d.file, d.line, d.column, d.warning, d.problem, d.advice, d.of_question, to_string(d)));
  const py::object type = py::module_::import("coalis.errors").attr(kind);
  PyErr_SetObject(type.ptr(), type(list).ptr());
  throw py::error_already_set();
}

std::vector<std::string> warnings_of(const std::vector<Diagnostic>& problems) {
  std::vector<std::string> texts;
  for (const Diagnostic& d : problems)
    if (d.warning) texts.push_back(to_string(d));
  return texts;
}

namespace {

// In words of Python (errors.py).
void raise(PyObject* kind, const char* message) {
  const py::object text = py::module_::import("coalis.errors").attr("in_python")(message);
  PyErr_SetObject(kind, text.ptr());
}

}  // namespace

void add_errors() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    const auto kind = [](const char* name) { return py::object(py::module_::import("coalis.errors").attr(name)); };
    try {
      if (thrown) std::rethrow_exception(std::move(thrown));
    } catch (const FileError& error) {
      raise(kind("ResultError").ptr(), error.what());
    } catch (const std::filesystem::filesystem_error& error) {
      raise(kind("ResultError").ptr(), error.what());
    } catch (const TooLarge& error) {
      raise(PyExc_MemoryError, error.what());
    } catch (const ReplicateError& error) {
      raise(PyExc_RuntimeError, error.what());
    }
  });
}

}  // namespace coalis::python
